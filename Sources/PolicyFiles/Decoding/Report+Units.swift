import RevOps

/// Values with a unit.
extension Report {
  /// `30s`, `15m`, `4h`, `90d`, in seconds.
  func duration(_ node: ConfigNode, _ key: String) -> Int? {
    guard let text = text(node, key) else { return nil }
    if let seconds = Units.seconds(text) { return seconds }
    let advice = Int(text).map { "write a unit: `\($0)s`, `\($0)m`, `\($0)h` or `\($0)d`" }
    error(
      node, "`\(key)` must be a duration, and `\(ConfigNode.short(text))` is none",
      suggestion: advice ?? "for example `30s`, `15m`, `4h`, `90d`")
    return nil
  }

  /// `100/10s`, `5/s`.
  func rate(_ node: ConfigNode, _ key: String) -> Playbook.CallRate? {
    guard let text = text(node, key) else { return nil }
    if let rate = Units.rate(text) { return rate }
    error(
      node, "`\(key)` must be a rate, and `\(ConfigNode.short(text))` is none",
      suggestion: "for example `5/s`, `100/10s`, or `off`")
    return nil
  }

  /// `09:00`, in minutes after midnight; `24:00` is the end of the day.
  func clockTime(_ node: ConfigNode, _ key: String) -> Int? {
    guard let text = text(node, key) else { return nil }
    if let minutes = Units.minutes(text) { return minutes }
    error(
      node, "`\(key)` must be a time of day, and `\(ConfigNode.short(text))` is none",
      suggestion: "for example `\"09:00\"` or `\"17:30\"`")
    return nil
  }

  /// `2026-12-25`, a day that exists.
  func date(_ node: ConfigNode, _ key: String) -> String? {
    guard let text = text(node, key) else { return nil }
    if Units.isDate(text) { return text }
    error(
      node, "`\(ConfigNode.short(text))` is no date", suggestion: "write year, month and day: `2026-12-25`")
    return nil
  }

  func days(_ node: ConfigNode, _ key: String) -> [WorkingHours.Day]? {
    guard let items = list(node, key) else { return nil }
    guard !items.isEmpty else {
      error(node, "`\(key)` is empty: nobody would ever be at work")
      return nil
    }
    let days: [WorkingHours.Day] = items.compactMap { choice($0, key) }
    return days.count == items.count ? days.uniqued() : nil
  }

  /// `#leads`, or the id that Slack gives a channel.
  func channel(_ node: ConfigNode, _ key: String) -> String? {
    guard let text = text(node, key) else { return nil }
    if Units.isChannel(text) { return text }
    let name = text.lowercased().filter { !$0.isWhitespace && $0 != "#" }
    error(
      node, "`\(ConfigNode.short(text))` is no Slack channel", suggestion: "write `\"#\(name)\"` or the channel's id")
    return nil
  }
}

/// The shapes of values with a unit.
enum Units {
  private static let lengths: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]

  static func seconds(_ text: String) -> Int? {
    guard let unit = text.last.flatMap({ lengths[$0] }), let count = digits(text.dropLast(), upTo: 5) else {
      return nil
    }
    return count > 0 ? count * unit : nil
  }

  static func rate(_ text: String) -> Playbook.CallRate? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = digits(parts[0], upTo: 7), count > 0 else { return nil }
    let period = parts[1].first?.isNumber == true ? String(parts[1]) : "1" + parts[1]
    return seconds(period).map { Playbook.CallRate(count: count, seconds: $0) }
  }

  static func minutes(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let hour = digits(parts[0], upTo: 2),
      let minute = digits(parts[1], upTo: 2), minute < 60, hour * 60 + minute <= 1_440
    else { return nil }
    return hour * 60 + minute
  }

  static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], let year = digits(parts[0], upTo: 4), let month = digits(parts[1], upTo: 2),
      let day = digits(parts[2], upTo: 2), 1...12 ~= month
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1...lengths[month - 1] ~= day
  }

  /// Slack's rule for names: no upper case, no blanks or punctuation but `-` and `_`, at most 80 characters.
  static func isChannel(_ text: String) -> Bool {
    if text.hasPrefix("#") {
      let name = text.dropFirst()
      return !name.isEmpty && name.count <= 80
        && name.allSatisfy { !$0.isUppercase && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
    guard let first = text.first, "CGD".contains(first), text.count >= 5 else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
  }

  private static func digits(_ text: some StringProtocol, upTo count: Int) -> Int? {
    guard !text.isEmpty, text.count <= count, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Int(text)
  }
}
