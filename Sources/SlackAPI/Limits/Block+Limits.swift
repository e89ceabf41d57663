extension Block {
  func check(_ check: inout LimitCheck, at pointer: String) {
    if let id { check.text(id.rawValue, limit: SlackLimits.identifier, at: pointer + "/block_id") }
    switch self {
    case .section(let text, let fields, let accessory, _):
      Self.check(&check, text: text, fields: fields, at: pointer)
      accessory?.check(&check, at: pointer + "/accessory")
    case .header(let text, _): check.text(text, limit: SlackLimits.header, at: pointer + "/text")
    case .context(let texts, _): Self.check(&check, context: texts, at: pointer + "/elements")
    case .divider: break
    case .actions(let elements, _): Self.check(&check, actions: elements, at: pointer + "/elements")
    case .input(let input): input.check(&check, at: pointer)
    }
  }

  private static func check(
    _ check: inout LimitCheck, text: TextObject?, fields: [TextObject], at pointer: String
  ) {
    if text == nil, fields.isEmpty { check.report(pointer + "/text", .missing) }
    if let text { check.text(text.wire, limit: SlackLimits.sectionText, at: pointer + "/text") }
    guard !fields.isEmpty else { return }
    check.count(fields.count, limit: SlackLimits.sectionFields, at: pointer + "/fields")
    for (index, field) in fields.enumerated() {
      check.text(field.wire, limit: SlackLimits.sectionField, at: "\(pointer)/fields/\(index)")
    }
  }

  private static func check(_ check: inout LimitCheck, context texts: [TextObject], at pointer: String) {
    check.count(texts.count, limit: SlackLimits.contextElements, at: pointer)
    for (index, text) in texts.enumerated() {
      check.text(text.wire, limit: SlackLimits.contextText, at: "\(pointer)/\(index)")
    }
  }

  private static func check(_ check: inout LimitCheck, actions elements: [Element], at pointer: String) {
    check.count(elements.count, limit: SlackLimits.actionsElements, at: pointer)
    check.unique(elements.enumerated().map { ("\(pointer)/\($0)/action_id", $1.actionID.rawValue) })
    for (index, element) in elements.enumerated() {
      element.check(&check, at: "\(pointer)/\(index)")
      if case .textInput = element { check.report("\(pointer)/\(index)", .notAllowed) }
    }
  }
}

extension Block.Input {
  func check(_ check: inout LimitCheck, at pointer: String) {
    check.text(label, limit: SlackLimits.inputLabel, at: pointer + "/label")
    check.text(hint, limit: SlackLimits.inputHint, at: pointer + "/hint")
    element.check(&check, at: pointer + "/element")
    switch element {
    case .button, .overflow: check.report(pointer + "/element", .notAllowed)
    default: break
    }
  }
}

extension [Block] {
  func check(_ check: inout LimitCheck, at pointer: String) {
    check.unique(
      enumerated().compactMap { index, block in
        block.id.map { ("\(pointer)/\(index)/block_id", $0.rawValue) }
      })
    for (index, block) in enumerated() { block.check(&check, at: "\(pointer)/\(index)") }
  }
}
