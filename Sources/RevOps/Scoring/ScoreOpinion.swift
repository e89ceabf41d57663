import Foundation

/// The language model's usable answer about a lead's worth: stored with the decision, which can be repeated from it.
public struct ScoreOpinion: Codable, Sendable, Equatable {
  public enum Effect: String, Codable, Sendable {
    case raises
    case lowers
  }

  /// One fact that the model went by, in its words, checked against the facts.
  public struct Reason: Codable, Sendable, Equatable {
    public var text: String
    public var effect: Effect

    public init(text: String, effect: Effect) {
      self.text = text
      self.effect = effect
    }
  }

  /// 0…1, in hundredths.
  public var score: ExactDecimal
  public var reasons: [Reason]

  public init(score: ExactDecimal, reasons: [Reason] = []) {
    self.score = score
    self.reasons = reasons
  }

  /// What is wrong with an answer that fits the schema; nil: nothing.
  public static func complaint(about answer: JSONValue) -> String? {
    guard let score = answer["score"]?.double, score.isFinite else { return "`score` must be a number" }
    return (0...1).contains(score) ? nil : "`score` must lie between 0 and 1"
  }

  /// Reasons that say what isn't in the facts are left out; the number is bounded by the policy anyway.
  public static func read(_ answer: JSONValue, _ grounding: Grounding) -> ScoreOpinion? {
    guard complaint(about: answer) == nil, let score = answer["score"]?.double else { return nil }
    let hundredths = Int((score * 100).rounded())
    let reasons = (answer["reasons"]?.array ?? []).prefix(most).compactMap { reason($0, grounding) }
    return ScoreOpinion(score: ExactDecimal(Decimal(hundredths) / 100), reasons: reasons)
  }

  private static let most = 3

  private static func reason(_ value: JSONValue, _ grounding: Grounding) -> Reason? {
    guard let text = value["text"]?.string, let effect = value["effect"]?.string.flatMap(Effect.init),
      let keys = value["facts"]?.array?.compactMap(\.string),
      grounding.objection(to: text, restingOn: keys, words: 16) == nil
    else { return nil }
    return Reason(text: text.last == "." ? String(text.dropLast()) : text, effect: effect)
  }
}
