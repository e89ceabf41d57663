/// The values of all inputs of a view, or of a message's elements.
public struct ViewState: Sendable, Equatable {
  public var values: [BlockID: [ActionID: InputValue]]

  public init(values: [BlockID: [ActionID: InputValue]] = [:]) { self.values = values }

  /// From `state`, which holds `values`; anything else is an empty state.
  init(_ json: SlackJSON) {
    values = Dictionary(
      json["values"].object.map { block, actions in
        let inputs = actions.object.map { (ActionID($0), InputValue($1)) }
        return (BlockID(block), Dictionary(inputs, uniquingKeysWith: { first, _ in first }))
      }, uniquingKeysWith: { first, _ in first })
  }

  public subscript(block: BlockID, action: ActionID) -> InputValue? { values[block]?[action] }

  /// What was typed, nil when nothing was.
  public func text(_ block: BlockID, _ action: ActionID) -> String? {
    if case .text(let text) = self[block, action] { text } else { nil }
  }

  /// The value of the chosen option.
  public func option(_ block: BlockID, _ action: ActionID) -> String? {
    if case .option(let option) = self[block, action] { option?.value } else { nil }
  }

  /// The values of the chosen options.
  public func options(_ block: BlockID, _ action: ActionID) -> [String] {
    if case .options(let options) = self[block, action] { options.map(\.value) } else { [] }
  }

  public func user(_ block: BlockID, _ action: ActionID) -> String? {
    if case .user(let id) = self[block, action] { id } else { nil }
  }

  public func users(_ block: BlockID, _ action: ActionID) -> [String] {
    if case .users(let ids) = self[block, action] { ids } else { [] }
  }

  /// `YYYY-MM-DD`.
  public func date(_ block: BlockID, _ action: ActionID) -> String? {
    if case .date(let date) = self[block, action] { date } else { nil }
  }
}
