import Foundation

/// One line of a lead's history: who did what when. The audit; it is never changed.
public struct HistoryEntry: Codable, Sendable, Equatable {
  public var at: Date
  /// `system`, or the folded e-mail address of a person.
  public var actor: String
  /// A fixed word: `received, assigned, claimed, conflict, …`
  public var action: String
  public var from: String?
  public var to: String?
  public var reason: String?
  /// A delivery that came under a known id with another body (`conflict`), kept as it came.
  public var body: JSONValue?

  public init(
    at: Date, actor: String, action: String, from: String? = nil, to: String? = nil, reason: String? = nil,
    body: JSONValue? = nil
  ) {
    self.at = at
    self.actor = actor
    self.action = action
    self.from = from
    self.to = to
    self.reason = reason
    self.body = body
  }
}
