/// Text in Slack's own markup, safe by construction.
///
/// What is written in the source may format (`*bold*`, `:fire:`); what is interpolated is inert: a `String` in
/// `\(…)` is cleaned, escaped and neutralised, whoever it comes from. Mentions, links and dates exist only through
/// the functions named after them. A `String` known at run time can't pose as a literal.
public struct Mrkdwn: Sendable, Equatable {
  indirect enum Piece: Sendable, Equatable {
    /// Ours: escaped, its formatting characters kept.
    case literal(String)
    /// Anybody's: one clean line.
    case foreign(String)
    /// Wire text that is sent whole or not at all.
    case token(String)
    /// Formatting around pieces; both ends survive clipping.
    case span(String, [Piece], String)
  }

  var pieces: [Piece]

  init(pieces: [Piece]) { self.pieces = pieces }

  /// No text.
  public init() { pieces = [] }

  /// Anybody's text on one line, as if interpolated.
  public init(_ text: String) { pieces = Self.foreign(text) }

  /// As sent.
  public var wire: String { pieces.map(\.wire).joined() }

  public var isEmpty: Bool { pieces.allSatisfy { $0.wire.isEmpty } }

  public static func + (left: Mrkdwn, right: Mrkdwn) -> Mrkdwn { Mrkdwn(pieces: left.pieces + right.pieces) }

  static func foreign(_ text: String) -> [Piece] {
    let clean = SlackText.singleLine(text)
    return clean.isEmpty ? [] : [.foreign(clean)]
  }
}

extension Mrkdwn: ExpressibleByStringInterpolation {
  public init(stringLiteral value: StaticString) { pieces = [.literal("\(value)")] }
  public init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  public struct StringInterpolation: StringInterpolationProtocol {
    var pieces: [Piece] = []

    public init(literalCapacity: Int, interpolationCount: Int) {}

    public mutating func appendLiteral(_ literal: StaticString) {
      let text = "\(literal)"
      if !text.isEmpty { pieces.append(.literal(text)) }
    }

    /// Anybody's text: inert.
    public mutating func appendInterpolation(_ text: String) { pieces += Mrkdwn.foreign(text) }

    /// Anybody's text, inert, with at most `max` units once escaped.
    public mutating func appendInterpolation(_ text: String, max: Int) {
      pieces += Mrkdwn(text).clipped(to: max).pieces
    }

    public mutating func appendInterpolation(_ number: Int) { pieces.append(.literal(String(number))) }

    public mutating func appendInterpolation(_ part: Mrkdwn) { pieces += part.pieces }
  }
}

extension Mrkdwn.Piece {
  var wire: String {
    switch self {
    case .literal(let text): SlackText.escaped(text)
    case .foreign(let text): Neutralizer.wire(text)
    case .token(let text): text
    case .span(let open, let inner, let close): open + inner.map(\.wire).joined() + close
    }
  }
}
