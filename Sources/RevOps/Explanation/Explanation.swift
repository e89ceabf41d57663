/// The words for decisions: card, Why, command line and admin API all print these. Plain text; whoever shows it escapes
/// it for its place, since values in it come from strangers.
public enum Explanation {
  /// One sentence of an explanation.
  public struct Line: Codable, Sendable, Equatable {
    public enum Mark: String, Codable, Sendable {
      /// What decided, or counted.
      case yes
      /// What was considered and did not apply.
      case no
      /// A result or a remark.
      case note
    }

    public var mark: Mark
    public var text: String

    public init(_ mark: Mark, _ text: String) {
      self.mark = mark
      self.text = text
    }
  }

  /// `route_reason` of a lead that no rule took.
  public static let fallbackReason = "No rule matched: the default applies"
  /// The reason that stands for what the LLM added or took away.
  public static let llmReason = "Language model's estimate"
}
