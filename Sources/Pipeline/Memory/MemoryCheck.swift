/// Whether the index of past accounts can be used. Where it can't, memory is the store's alone.
public struct MemoryCheck: Sendable, Equatable {
  public enum State: String, Sendable {
    case fits
    /// Somebody has to change the index or the model.
    case unfit
    /// It gave no answer: asked again later.
    case unknown
  }

  public var state: State
  /// For a person: what is wrong and what to do; no secrets.
  public var detail: String
}
