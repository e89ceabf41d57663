import VendorAPI

/// Gathers like calls of many callers into few: what comes while earlier calls wait for the limiter or are under way
/// goes out together as soon as one may.
///
/// Nobody waits for company: on an idle line a single item goes at once. Each caller gets the result of its own item; one
/// who is cancelled leaves the others' call alone.
actor Gathering<Item: Sendable, Value: Sendable> {
  typealias Outcome = Result<Value, HubSpotFailure>

  /// What one call may hold.
  struct Measure: Sendable {
    var most = HubSpotClient.batchSize
    var size: @Sendable (Item) -> Int = { _ in 1 }
    /// Items of one key never go together; nil: with any.
    var key: @Sendable (Item) -> String? = { _ in nil }
  }

  private struct Waiting {
    var item: Item
    var mayAct: @Sendable () -> Bool
    var caller: CheckedContinuation<Outcome, Never>
  }

  private let measure: Measure
  private let permit: @Sendable () -> @Sendable () -> Bool
  private let call: BatchCall<Item, Value>
  private var waiting: [UInt64: Waiting] = [:]
  private var order: [UInt64] = []
  private var underWay: [UInt64: CheckedContinuation<Outcome, Never>] = [:]
  private var lastTicket: UInt64 = 0
  private var calls = 0
  private var isAskingForTurn = false

  /// Few enough that a burst gathers, enough that one slow answer holds nobody up who comes alone.
  private static var mostCalls: Int { 4 }

  /// - Parameter permit: gives, in the caller's task, what tells later whether its work may still act.
  init(
    _ measure: Measure = Measure(), permit: @escaping @Sendable () -> @Sendable () -> Bool = { { true } },
    call: BatchCall<Item, Value>
  ) {
    self.measure = measure
    self.permit = permit
    self.call = call
  }

  /// How many wait for a call to go along with.
  var count: Int { waiting.count }

  /// - Parameter isWanted: asked with the permit: what has waited too long for its turn is not sent any more.
  func callAsFunction(
    _ item: Item, while isWanted: @escaping @Sendable () -> Bool = { true }
  ) async throws(HubSpotFailure) -> Value {
    lastTicket += 1
    let ticket = lastTicket
    let isPermitted = permit()
    let mayAct: @Sendable () -> Bool = { isPermitted() && isWanted() }
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { caller in
        join(ticket, Waiting(item: item, mayAct: mayAct, caller: caller))
      }
    } onCancel: {
      Task { await self.leave(ticket) }
    }
    return try outcome.get()
  }

  private func join(_ ticket: UInt64, _ arrival: Waiting) {
    guard !Task.isCancelled else { return arrival.caller.resume(returning: .failure(.cancelled("waiting"))) }
    waiting[ticket] = arrival
    order.append(ticket)
    askForTurn()
  }

  private func leave(_ ticket: UInt64) {
    var failure = HubSpotFailure.cancelled("waiting")
    waiting.removeValue(forKey: ticket)?.caller.resume(returning: .failure(failure))
    // The call goes on for the others, and with it what was asked.
    failure.error.outcomeUnknown = true
    underWay.removeValue(forKey: ticket)?.resume(returning: .failure(failure))
  }

  /// One turn is asked for at a time, so that a burst takes no more of them than it has calls.
  private func askForTurn() {
    guard !isAskingForTurn, calls < Self.mostCalls, !waiting.isEmpty else { return }
    isAskingForTurn = true
    // Detached: the call is that of all who go along, and what holds for the task that came first (its permit, its
    // cancellation) does not hold for it.
    Task.detached(priority: Task.currentPriority) { await self.makeCall() }
  }

  private func makeCall() async {
    let turn = await attempt(call.admit)
    isAskingForTurn = false
    let tickets = nextBatch()
    let items = tickets.compactMap { ticket -> BatchCall<Item, Value>.Asked? in
      guard let waiting = waiting.removeValue(forKey: ticket) else { return nil }
      underWay[ticket] = waiting.caller
      return .init(item: waiting.item, mayAct: waiting.mayAct)
    }
    calls += 1
    askForTurn()
    let outcomes = await call.outcomes(of: items, turn)
    calls -= 1
    for (ticket, outcome) in zip(tickets, outcomes) {
      underWay.removeValue(forKey: ticket)?.resume(returning: outcome)
    }
    askForTurn()
  }

  /// From the front as many as fit; those that may not go along stay in their places.
  private func nextBatch() -> [UInt64] {
    var batch: [UInt64] = []
    var left: [UInt64] = []
    var keys = Set<String>()
    var size = 0
    for ticket in order {
      guard let item = waiting[ticket]?.item else { continue }
      let more = measure.size(item)
      let isAlone = measure.key(item).map { keys.insert($0).inserted } ?? true
      if isAlone, batch.isEmpty || size + more <= measure.most {
        batch.append(ticket)
        size += more
      } else {
        left.append(ticket)
      }
    }
    order = left
    return batch
  }
}
