extension Message {
  /// Every rule of Slack's that this message breaks; empty when it can be sent.
  public func violations() -> [Violation] {
    var check = LimitCheck()
    check.text(text.wire, limit: SlackLimits.messageText, at: "/text")
    if blocks.count > SlackLimits.messageBlocks {
      check.report("/blocks", .tooMany(limit: SlackLimits.messageBlocks, actual: blocks.count))
    }
    blocks.check(&check, at: "/blocks")
    let total = blocks.flatMap(\.textLengths).reduce(0, +)
    if total > SlackLimits.messageBlockText {
      check.report("/blocks", .tooLong(limit: SlackLimits.messageBlockText, actual: total))
    }
    if let metadata, metadata.eventType.isEmpty { check.report("/metadata/event_type", .empty) }
    return check.violations
  }
}

extension View {
  /// Every rule of Slack's that this view breaks; empty when it can be opened.
  public func violations() -> [Violation] {
    var check = LimitCheck()
    checkLabels(&check)
    check.count(blocks.count, limit: SlackLimits.viewBlocks, at: "/blocks")
    blocks.check(&check, at: "/blocks")
    check.length(privateMetadata, limit: SlackLimits.privateMetadata, at: "/private_metadata")
    check.length(callbackID?.rawValue, limit: SlackLimits.identifier, at: "/callback_id")
    check.length(externalID, limit: SlackLimits.identifier, at: "/external_id")
    let bytes = data.count
    if bytes > SlackLimits.viewBytes { check.report("", .tooLong(limit: SlackLimits.viewBytes, actual: bytes)) }
    return check.violations
  }

  private func checkLabels(_ check: inout LimitCheck) {
    guard let modal else { return }
    check.text(modal.title, limit: SlackLimits.viewLabel, at: "/title")
    check.text(modal.submit, limit: SlackLimits.viewLabel, at: "/submit")
    check.text(modal.close, limit: SlackLimits.viewLabel, at: "/close")
    if modal.submit == nil, blocks.contains(where: \.isInput) { check.report("/submit", .missing) }
  }
}

extension Block {
  var isInput: Bool { if case .input = self { true } else { false } }

  /// Of the texts that grow with what strangers write; a message's other texts are ours and short.
  var textLengths: [Int] {
    switch self {
    case .section(let text, let fields, _, _):
      ([text].compactMap { $0 } + fields).map { SlackText.length($0.wire) }
    case .header(let text, _): [SlackText.length(text.wire)]
    case .context(let texts, _): texts.map { SlackText.length($0.wire) }
    case .divider, .actions, .input: []
    }
  }
}
