/// A way in which a service fails.
public enum Fault: Sendable, Equatable {
  /// Answers rightly, so many milliseconds late.
  case slow(milliseconds: Int)
  /// 429 with `Retry-After`; nothing is done.
  case tooManyRequests(retryAfter: Int)
  /// A 5xx; nothing is done.
  case serverError(status: Int)
  /// The connection is closed without an answer, and nothing was done.
  case resetBefore
  /// The work is done, then the connection is closed without an answer.
  case resetAfter
  /// The work is done, and no answer comes, as long as with `hang`.
  case hangAfter
  /// 401 in the service's own words, as with a key that was revoked.
  case refusesCredentials
  /// The work is done, and a success comes back whose body is not the service's: a proxy's page.
  case garbage
  /// The work is done, and only the first half of the answer's body comes.
  case truncated
  /// No answer comes and the connection stays open, until the fault is lifted, the caller leaves or two minutes pass.
  case hang
}

/// A fault that is switched on for one service.
struct FaultSwitch: Sendable, Equatable {
  var fault: Fault
  /// Only this operation, nil for all.
  var operation: String?
  /// How many calls it still meets, nil for no end.
  var remaining: Int?
  /// How many calls pass before it meets the first.
  var passing = 0
}

/// Which service fails how, and how long each takes when it does not.
struct FaultBoard: Sendable {
  private(set) var switches: [StandIn: [FaultSwitch]] = [:]
  var delays: [StandIn: Duration] = [:]
  /// Rises with each change, so that a hanging call notices when it was lifted.
  private(set) var generation = 0

  mutating func set(_ fault: Fault?, for service: StandIn, operation: String?, calls: Int?, after passing: Int = 0) {
    generation += 1
    switches[service, default: []].removeAll { $0.operation == operation }
    guard let fault else { return }
    switches[service, default: []].append(
      FaultSwitch(fault: fault, operation: operation, remaining: calls, passing: passing))
  }

  mutating func clear(_ service: StandIn) {
    generation += 1
    switches[service] = nil
  }

  /// The fault that meets this call, one for its very operation before one for all.
  mutating func take(_ service: StandIn, _ operation: String) -> Fault? {
    let list = switches[service] ?? []
    guard
      let index = list.firstIndex(where: { $0.operation == operation })
        ?? list.firstIndex(where: { $0.operation == nil })
    else { return nil }
    guard list[index].passing == 0 else {
      switches[service]?[index].passing -= 1
      return nil
    }
    let fault = list[index].fault
    guard let remaining = list[index].remaining else { return fault }
    if remaining > 1 {
      switches[service]?[index].remaining = remaining - 1
    } else {
      switches[service]?.remove(at: index)
    }
    return fault
  }
}
