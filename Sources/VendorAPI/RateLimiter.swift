/// Holds calls back to what each service allows: first come, first served within a bucket, buckets independent.
///
/// One limiter serves all callers of the process, since services count by account, not by who calls. Several processes
/// keep to a rate together by `shared`.
public actor RateLimiter {
  /// What calls are counted together under: a rate's name, and where that rate applies to each of many things
  /// separately ("slack_channel" to each channel), which one.
  public struct Bucket: Hashable, Sendable, ExpressibleByStringLiteral {
    public var rate: String
    public var scope: String?

    public init(_ rate: String, scope: String? = nil) {
      self.rate = rate
      self.scope = scope
    }

    public init(stringLiteral value: String) { self.init(value) }
  }

  private let rates: [String: Rate]
  private let now: @Sendable () -> Duration
  private let sleep: @Sendable (Duration) async throws -> Void
  private let shared: (@Sendable (Bucket, Rate) async -> Duration)?
  private var windows: [Bucket: RateWindow] = [:]
  private var lines: [Bucket: WaitingLine] = [:]
  private var lastTicket: UInt64 = 0
  /// With more windows than this, those that hold nothing back are dropped: scopes come and go.
  private static let mostIdleWindows = 1024

  /// - Parameters:
  ///   - rates: by name; a bucket whose name is missing is held back by pauses only.
  ///   - shared: reserves a call among all processes, and gives how long it has to wait for its turn there.
  ///   - clock: must be monotonic.
  public init<C: Clock>(
    rates: [String: Rate], shared: (@Sendable (Bucket, Rate) async -> Duration)? = nil, clock: C = ContinuousClock()
  ) where C.Duration == Duration {
    self.rates = rates
    self.shared = shared
    let start = clock.now
    now = { start.duration(to: clock.now) }
    sleep = { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) }
  }

  /// Why a call was not let through.
  public enum Held: Error, Sendable, Equatable {
    case cancelled
    /// The bucket is paused for so long, which is longer than the caller waits.
    case paused(Duration)
  }

  /// Returns when a call may go, which is counted. A caller whose task is cancelled leaves the line and takes nothing.
  public func acquire(_ bucket: Bucket) async throws(CancellationError) {
    do { try await acquire(bucket, patience: nil) } catch { throw CancellationError() }
  }

  /// - Parameter patience: how long a pause the caller waits out; nil: any. Its turn at the bucket's rate is waited for
  ///   in any case.
  public func acquire(_ bucket: Bucket, patience: Duration?) async throws(Held) {
    try await acquireHere(bucket, patience)
    guard let shared, let rate = rates[bucket.rate] else { return }
    let wait = await shared(bucket, rate)
    guard wait > .zero else { return }
    do { try await sleep(wait) } catch { throw .cancelled }
  }

  private func acquireHere(_ bucket: Bucket, _ patience: Duration?) async throws(Held) {
    guard !Task.isCancelled else { throw .cancelled }
    if let left = pauseLeft(bucket), let patience, left > patience { throw .paused(left) }
    if lines[bucket] == nil, take(bucket) { return }
    lastTicket += 1
    let ticket = lastTicket
    let answer = await withTaskCancellationHandler {
      await withCheckedContinuation { caller in wait(ticket, in: bucket, Caller(turn: caller, patience: patience)) }
    } onCancel: {
      Task { await self.leave(ticket, in: bucket) }
    }
    try answer.get()
  }

  /// How long the bucket lets nothing through; nil: it is not paused.
  public func pauseLeft(_ bucket: Bucket) -> Duration? {
    let left = window(of: bucket) { $0.waitForPause(at: now()) }
    return left > .zero ? left : nil
  }

  /// Lets nothing through the bucket for so long, as a service asked with 429 and `Retry-After`. A shorter pause than
  /// the one in force changes nothing. Whoever waits and has not so much patience learns it now.
  public func pause(_ bucket: Bucket, for duration: Duration) {
    window(of: bucket) { $0.pause(for: duration, at: now()) }
    guard let left = pauseLeft(bucket) else { return }
    for caller in lines[bucket]?.removeImpatient(with: left) ?? [] {
      caller.turn.resume(returning: .failure(.paused(left)))
    }
  }

  /// How many callers wait in a bucket.
  public func waiting(in bucket: Bucket) -> Int { lines[bucket]?.count ?? 0 }

  private func wait(_ ticket: UInt64, in bucket: Bucket, _ caller: Caller) {
    guard !Task.isCancelled else { return caller.turn.resume(returning: .failure(.cancelled)) }
    let isFirst = lines[bucket] == nil
    lines[bucket, default: WaitingLine()].append(ticket, caller)
    if isFirst { Task { await serve(bucket) } }
  }

  private func leave(_ ticket: UInt64, in bucket: Bucket) {
    lines[bucket]?.remove(ticket)?.turn.resume(returning: .failure(.cancelled))
  }

  /// Lets the line through at the bucket's rate; one runs for each bucket that has a line, and ends with it.
  private func serve(_ bucket: Bucket) async {
    while let line = lines[bucket], line.count > 0 {
      let wait = window(of: bucket) { $0.wait(at: now()) }
      if wait > .zero {
        // Nobody cancels this task; a clock that fails all the same is asked again.
        do { try await sleep(wait) } catch { await Task.yield() }
      } else if let caller = lines[bucket]?.next() {
        window(of: bucket) { $0.take(at: now()) }
        caller.turn.resume(returning: .success(()))
      }
    }
    lines[bucket] = nil
  }

  private func take(_ bucket: Bucket) -> Bool {
    window(of: bucket) { window in
      let now = now()
      guard window.wait(at: now) <= .zero else { return false }
      window.take(at: now)
      return true
    }
  }

  @discardableResult
  private func window<Value>(of bucket: Bucket, _ body: (inout RateWindow) -> Value) -> Value {
    if windows.count > Self.mostIdleWindows {
      let now = now()
      windows = windows.filter { !$0.value.isFresh(at: now) }
    }
    return body(&windows[bucket, default: RateWindow(rates[bucket.rate])])
  }
}

/// One who waits for a turn.
private struct Caller {
  var turn: CheckedContinuation<Result<Void, RateLimiter.Held>, Never>
  /// How long a pause they wait out; nil: any.
  var patience: Duration?
}

/// Callers in order of arrival, any of whom may leave.
private struct WaitingLine {
  private var callers: [UInt64: Caller] = [:]
  private var tickets: [UInt64] = []
  private var head = 0

  var count: Int { callers.count }

  mutating func append(_ ticket: UInt64, _ caller: Caller) {
    if head > 64, head * 2 > tickets.count {
      tickets.removeFirst(head)
      head = 0
    }
    tickets.append(ticket)
    callers[ticket] = caller
  }

  mutating func next() -> Caller? {
    while head < tickets.count {
      defer { head += 1 }
      if let caller = callers.removeValue(forKey: tickets[head]) { return caller }
    }
    return nil
  }

  mutating func removeImpatient(with wait: Duration) -> [Caller] {
    let impatient = callers.filter { $0.value.patience.map { $0 < wait } ?? false }
    for ticket in impatient.keys { callers[ticket] = nil }
    return Array(impatient.values)
  }

  mutating func remove(_ ticket: UInt64) -> Caller? { callers.removeValue(forKey: ticket) }
}
