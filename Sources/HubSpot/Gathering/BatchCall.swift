import VendorAPI

/// One call for several items where that works.
///
/// A batch that is refused because of what is in it is taken apart, so that one bad item fails nobody but itself.
struct BatchCall<Item: Sendable, Value: Sendable>: Sendable {
  typealias Outcome = Result<Value, HubSpotFailure>

  struct Asked: Sendable {
    var item: Item
    /// Whether the work that asked may still have effects: it may have changed hands while it waited.
    var mayAct: @Sendable () -> Bool
  }

  /// Waits for the turn of a call.
  var admit: @Sendable () async throws(HubSpotFailure) -> Void
  /// By the plain call of its kind, which is not sent when `mayAct` says no at the last moment.
  var one: @Sendable (Item, _ mayAct: @escaping @Sendable () -> Bool) async throws(HubSpotFailure) -> Value
  /// The same for several; the outcomes in the order of the items.
  var many: @Sendable ([Item], _ mayAct: @escaping @Sendable () -> Bool) async throws(HubSpotFailure) -> [Outcome]

  /// In the order of what was asked.
  func outcomes(of asked: [Asked], _ turn: Result<Void, HubSpotFailure>) async -> [Outcome] {
    if case .failure(let failure) = turn { return asked.map { _ in .failure(failure) } }
    let live = asked.map { $0.mayAct() }
    var outcomes = await outcomes(of: zip(asked, live).filter { $0.1 }.map { $0.0 })[...]
    return live.map { isLive in isLive ? outcomes.removeFirst() : .failure(.cancelled("waiting")) }
  }

  private func outcomes(of asked: [Asked]) async -> [Outcome] {
    guard let first = asked.first else { return [] }
    if asked.count == 1 {
      return [await attempt { () async throws(HubSpotFailure) in try await one(first.item, first.mayAct) }]
    }
    let mayAct: @Sendable () -> Bool = { asked.allSatisfy { $0.mayAct() } }
    switch await attempt({ () async throws(HubSpotFailure) in try await many(asked.map(\.item), mayAct) }) {
    case .success(let outcomes): return outcomes
    // One lost its right while the call waited for a connection: nothing was sent, and the others go without it.
    case .failure(let failure) where failure.isUnsent && !mayAct(): return await after(asked)
    case .failure(let failure) where failure.error.status == 400 || failure.isConflict:
      async let left = after(Array(asked[..<(asked.count / 2)]))
      async let right = after(Array(asked[(asked.count / 2)...]))
      return await left + right
    case .failure(let failure): return asked.map { _ in .failure(failure) }
    }
  }

  private func after(_ asked: [Asked]) async -> [Outcome] {
    await outcomes(of: asked, await attempt(admit))
  }
}
