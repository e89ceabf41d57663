extension Mrkdwn {
  /// At most `limit` units as sent, cut between graphemes and never inside an entity, a token or a span; marked by
  /// "…".
  public func clipped(to limit: Int) -> Mrkdwn {
    guard SlackText.length(wire) > limit else { return self }
    return Mrkdwn(pieces: Piece.fitting(pieces, into: limit - 1) + [.literal("…")])
  }
}

extension Mrkdwn.Piece {
  static func fitting(_ pieces: [Self], into limit: Int) -> [Self] {
    var room = limit
    var kept: [Self] = []
    for piece in pieces {
      let length = SlackText.length(piece.wire)
      if length > room {
        if let part = piece.beginning(limit: room) { kept.append(part) }
        break
      }
      kept.append(piece)
      room -= length
    }
    return kept
  }

  /// The part of the piece that fits, nil if none does.
  private func beginning(limit: Int) -> Self? {
    switch self {
    case .token: return nil
    case .literal(let text):
      let part = SlackText.beginning(of: text, limit: limit, wire: SlackText.escaped)
      return part.isEmpty ? nil : .literal(part)
    case .foreign(let text):
      let part = SlackText.beginning(of: text, limit: limit, wire: Neutralizer.wire)
      return part.isEmpty ? nil : .foreign(part)
    case .span(let open, let inner, let close):
      let part = Self.fitting(inner, into: limit - SlackText.length(open) - SlackText.length(close))
      return part.isEmpty ? nil : .span(open, part, close)
    }
  }
}
