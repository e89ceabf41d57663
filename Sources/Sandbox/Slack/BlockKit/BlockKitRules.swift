/// Limits of blocks, and what makes Slack answer `invalid_blocks`.
enum BlockKitRules {
  /// Undocumented; about what a live workspace answered `msg_blocks_too_long` to.
  private static let longestMessage = 13_200

  private static let members: [String: Set<String>] = [
    "header": ["text", "level"], "section": ["text", "fields", "accessory", "expand"], "divider": [],
    "context": ["elements"], "actions": ["elements"], "image": ["image_url", "alt_text", "title", "slack_file"],
    "input": ["label", "element", "dispatch_action", "hint", "optional"], "rich_text": ["elements"],
    "markdown": ["text"], "context_actions": ["elements"], "table": ["rows", "column_settings"],
  ]

  static func check(message blocks: [JSON]) throws(SlackRefusal) {
    var complaints = Complaints()
    complaints.count(blocks, 0...50, at: "/blocks")
    check(blocks, &complaints)
    guard complaints.lines.isEmpty else { throw SlackRefusal("invalid_blocks", messages: complaints.lines) }
    guard blocks.reduce(0, { $0 + letters($1) }) <= longestMessage else { throw SlackRefusal("msg_blocks_too_long") }
  }

  static func check(_ blocks: [JSON], _ complaints: inout Complaints) {
    var seen: Set<String> = []
    for (index, block) in blocks.enumerated() {
      let pointer = "/blocks/\(index)"
      if let id = block["block_id"].text, !seen.insert(id).inserted {
        complaints.add("block_id \"\(id)\" already exists", at: pointer + "/block_id")
      }
      check(block, at: pointer, &complaints)
    }
  }

  private static func check(_ block: JSON, at pointer: String, _ complaints: inout Complaints) {
    guard let type = block["type"].text, let own = members[type] else {
      return complaints.add("unsupported type: \(block["type"].text ?? "none")", at: pointer + "/type")
    }
    complaints.members(block, own.union(["type", "block_id"]), at: pointer)
    complaints.length(block["block_id"].text, 1...255, at: pointer + "/block_id")
    switch type {
    case "header": TextRules.check(block["text"], .plain, most: 150, at: pointer + "/text", &complaints)
    case "section": section(block, at: pointer, &complaints)
    case "context": context(block, at: pointer, &complaints)
    case "actions": actions(block, at: pointer, &complaints)
    case "input": input(block, at: pointer, &complaints)
    case "image": complaints.length(block["alt_text"].text, 1...2000, at: pointer + "/alt_text", needed: true)
    case "markdown": complaints.length(block["text"].text, 1...12_000, at: pointer + "/text", needed: true)
    default: break
    }
  }

  private static func section(_ block: JSON, at pointer: String, _ complaints: inout Complaints) {
    let hasFields = !block["fields"].isNull
    TextRules.check(block["text"], needed: !hasFields, at: pointer + "/text", &complaints)
    if hasFields { complaints.count(block["fields"].items, 1...10, at: pointer + "/fields") }
    for (index, field) in block["fields"].items.enumerated() {
      TextRules.check(field, most: 2000, at: "\(pointer)/fields/\(index)", &complaints)
    }
    guard !block["accessory"].isNull else { return }
    ElementRules.check(block["accessory"], in: .accessory, at: pointer + "/accessory", &complaints)
  }

  private static func context(_ block: JSON, at pointer: String, _ complaints: inout Complaints) {
    complaints.count(block["elements"].items, 1...10, at: pointer + "/elements")
    for (index, element) in block["elements"].items.enumerated() {
      let place = "\(pointer)/elements/\(index)"
      if element["type"].text == "image" {
        ElementRules.check(element, in: .accessory, at: place, &complaints)
      } else {
        TextRules.check(element, at: place, &complaints)
      }
    }
  }

  private static func actions(_ block: JSON, at pointer: String, _ complaints: inout Complaints) {
    complaints.count(block["elements"].items, 1...25, at: pointer + "/elements")
    var seen: Set<String> = []
    for (index, element) in block["elements"].items.enumerated() {
      let place = "\(pointer)/elements/\(index)"
      ElementRules.check(element, in: .actions, at: place, &complaints)
      if let id = element["action_id"].text, !seen.insert(id).inserted {
        complaints.add("action_id \"\(id)\" already exists", at: place + "/action_id")
      }
    }
  }

  private static func input(_ block: JSON, at pointer: String, _ complaints: inout Complaints) {
    TextRules.check(block["label"], .plain, most: 2000, at: pointer + "/label", &complaints)
    TextRules.check(block["hint"], .plain, most: 2000, needed: false, at: pointer + "/hint", &complaints)
    ElementRules.check(block["element"], in: .input, at: pointer + "/element", &complaints)
  }

  /// The letters of all texts inside.
  private static func letters(_ json: JSON) -> Int {
    switch json {
    case .object(let members):
      members.reduce(0) { $0 + ($1.key == "text" ? $1.value.text?.count ?? letters($1.value) : letters($1.value)) }
    case .array(let elements): elements.reduce(0) { $0 + letters($1) }
    default: 0
    }
  }
}
