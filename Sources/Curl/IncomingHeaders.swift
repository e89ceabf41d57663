/// Collects the header lines of an answer: those of the final one, not of interim ones (1xx) nor the trailers.
struct IncomingHeaders {
  private(set) var fields: [(name: String, value: String)] = []
  private var bytes = 0
  private var status = 0
  private var isComplete = false
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Takes one line with its line end, as libcurl hands it over. False: the limit is passed, stop the transfer.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
    bytes += line.count
    guard bytes <= limit else { return false }
    let text = String(decoding: line, as: UTF8.self).trimmingLineEnd
    if text.hasPrefix("HTTP/") {
      begin(text)
    } else if text.isEmpty {
      isComplete = status >= 200
    } else if !isComplete {
      add(text)
    }
    return true
  }

  private mutating func begin(_ statusLine: Substring) {
    guard !isComplete else { return }
    fields.removeAll()
    let words = statusLine.split(separator: " ", maxSplits: 2)
    status = words.count > 1 ? Int(words[1]) ?? 0 : 0
  }

  private mutating func add(_ text: Substring) {
    if let first = text.first, first == " " || first == "\t" {
      // A folded line (RFC 9112 §5.2) continues the value before it.
      if !fields.isEmpty { fields[fields.count - 1].value += " " + text.trimmingBlanks }
    } else if let colon = text.firstIndex(of: ":") {
      let value = text[text.index(after: colon)...].trimmingBlanks
      fields.append((name: String(text[..<colon].trimmingBlanks), value: String(value)))
    }
  }
}

extension StringProtocol where SubSequence == Substring {
  fileprivate var trimmingLineEnd: Substring {
    var rest = self[...]
    while let last = rest.last, last.isNewline { rest.removeLast() }
    return rest
  }

  fileprivate var trimmingBlanks: Substring {
    var rest = self[...].drop { $0 == " " || $0 == "\t" }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return rest
  }
}
