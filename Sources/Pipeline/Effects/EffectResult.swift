import RevOps

/// What carrying out an effect taught us: folded into the lead in the commit that finishes it.
struct EffectResult: Sendable {
  var fold: @Sendable (inout Lead) -> Void = { _ in }
  var history: [HistoryEntry] = []
  var completion: EffectCompletion.Result = .done
  var reason: String?
  /// The lead's version that a card was drawn from: older waiting edits are in it already.
  var drawnVersion: Int?

  /// There is no thread to write in.
  static let withoutCard = EffectResult(completion: .superseded, reason: "the lead has no card")
  /// Things have changed since it was decided.
  static let outdated = EffectResult(completion: .superseded, reason: "it is no longer so")
}
