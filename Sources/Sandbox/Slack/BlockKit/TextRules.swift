/// Limits of text objects, options and confirmations (Slack's Block Kit reference).
enum TextRules {
  enum Kind { case plain, any }

  static func check(
    _ text: JSON, _ kind: Kind = .any, most: Int = 3000, needed: Bool = true, at pointer: String,
    _ complaints: inout Complaints
  ) {
    if text.isNull {
      if needed { complaints.add("missing required field", at: pointer) }
      return
    }
    switch (text["type"].text, kind) {
    case ("plain_text", _): complaints.members(text, ["type", "text", "emoji"], at: pointer)
    case ("mrkdwn", .any): complaints.members(text, ["type", "text", "verbatim"], at: pointer)
    default: complaints.add("must be a valid text object", at: pointer)
    }
    complaints.length(text["text"].text, 1...most, at: pointer + "/text", needed: true)
  }

  static func check(options: [JSON], most: Int, at pointer: String, _ complaints: inout Complaints) {
    complaints.count(options, 1...most, at: pointer)
    for (index, option) in options.enumerated() {
      check(option: option, at: "\(pointer)/\(index)", &complaints)
    }
  }

  static func check(option: JSON, at pointer: String, _ complaints: inout Complaints) {
    complaints.members(option, ["text", "value", "description", "url"], at: pointer)
    check(option["text"], most: 75, at: pointer + "/text", &complaints)
    check(option["description"], most: 75, needed: false, at: pointer + "/description", &complaints)
    complaints.length(option["value"].text, 1...150, at: pointer + "/value", needed: true)
  }

  static func check(confirm: JSON, at pointer: String, _ complaints: inout Complaints) {
    if confirm.isNull { return }
    complaints.members(confirm, ["title", "text", "confirm", "deny", "style"], at: pointer)
    check(confirm["title"], .plain, most: 100, at: pointer + "/title", &complaints)
    check(confirm["text"], most: 300, at: pointer + "/text", &complaints)
    check(confirm["confirm"], .plain, most: 30, at: pointer + "/confirm", &complaints)
    check(confirm["deny"], .plain, most: 30, at: pointer + "/deny", &complaints)
  }
}
