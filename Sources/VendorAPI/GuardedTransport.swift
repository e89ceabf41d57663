import Synchronization

/// A transport on which each service has a breaker of its own.
public final class GuardedTransport: HTTPTransport {
  private let transport: any HTTPTransport
  private let makeBreaker: @Sendable () -> CircuitBreaker
  private let onChange: @Sendable (_ vendor: String, _ isResting: Bool) -> Void
  private let breakers = Mutex<[String: CircuitBreaker]>([:])
  private let now: @Sendable () -> Duration

  /// - Parameters:
  ///   - onChange: told when a service begins to rest and when it is back.
  ///   - clock: must be monotonic.
  public init<C: Clock>(
    _ transport: any HTTPTransport, settings: CircuitBreaker.Settings = .init(), clock: C = ContinuousClock(),
    onChange: @escaping @Sendable (_ vendor: String, _ isResting: Bool) -> Void = { _, _ in }
  ) where C.Duration == Duration {
    self.transport = transport
    self.onChange = onChange
    makeBreaker = { CircuitBreaker(settings, clock: clock) }
    let start = clock.now
    now = { start.duration(to: clock.now) }
  }

  /// Whether the service is left alone now because it does not answer.
  public func isResting(_ vendor: String) -> Bool { breakers.withLock { $0[vendor] }?.isOpen ?? false }

  public func send(_ request: VendorRequest) async throws(TransportError) -> VendorResponse {
    let breaker = breaker(of: request.vendor)
    let admission = breaker.admit()
    if case .rest(let left) = admission { throw .resting(request.vendor, for: left) }
    let began = now()
    do {
      let response = try await transport.send(request)
      settle(response.status < 500, request.vendor, breaker, admission)
      return response
    } catch {
      if let isFailure = breaker.isFailure(error, after: now() - began) {
        settle(!isFailure, request.vendor, breaker, admission)
      } else {
        breaker.learnedNothing(admission)
      }
      throw error
    }
  }

  private func settle(
    _ hasAnswered: Bool, _ vendor: String, _ breaker: CircuitBreaker, _ admission: CircuitBreaker.Admission
  ) {
    if hasAnswered {
      if breaker.answered() { onChange(vendor, false) }
    } else if breaker.failed(admission) {
      onChange(vendor, true)
    }
  }

  private func breaker(of vendor: String) -> CircuitBreaker {
    breakers.withLock { breakers in
      if let breaker = breakers[vendor] { return breaker }
      let breaker = makeBreaker()
      breakers[vendor] = breaker
      return breaker
    }
  }
}

extension TransportError {
  static func resting(_ vendor: String, for time: Duration) -> TransportError {
    TransportError(
      cause: .resting, mayHaveReachedService: false, detail: "\(vendor) has stopped answering; nothing was sent",
      retryAfter: max(time, .milliseconds(100)))
  }
}
