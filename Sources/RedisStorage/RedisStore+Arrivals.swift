import Hiredis
import RevOps
import Synchronization

extension RedisStore {
  /// Read on a connection of its own, since a read that waits would hold up everything behind it.
  public func arrivals() -> AsyncStream<Arrival> {
    AsyncStream { continuation in
      let reader = ArrivalReader(address) { continuation.yield($0) }
      let task = Task {
        await reader.run()
        continuation.finish()
      }
      listeners.withLock { $0.append(reader) }
      continuation.onTermination = { _ in
        task.cancel()
        reader.close()
      }
    }
  }
}

/// Follows the stream `baton:arrivals` until it is closed.
final class ArrivalReader: Sendable {
  private let connection: RedisConnection
  private let heard: @Sendable (Arrival) -> Void

  /// Entries read at once. Redis keeps ten times as many: who is so far behind that some are gone reads a whole lot.
  private static let step = 1_000
  /// Redis answers an empty read after this long, which shows that it lives.
  private static let wait: Duration = .seconds(5)
  private static let pause: Duration = .milliseconds(50)

  init(_ address: RedisAddress, heard: @escaping @Sendable (Arrival) -> Void) {
    connection = RedisConnection(.init(address: address, name: "baton-arrivals"))
    self.heard = heard
  }

  func close() { connection.close() }

  func run() async {
    var last: String?
    while true {
      do throws(RedisError) {
        if let known = last { last = try await read(after: known) } else { last = try await start() }
      } catch .closed {
        return
      } catch {
        // What came meanwhile is told as one `.unknown`, when Redis is back.
        last = nil
        // Cancelled it ends: without the pause it would only spin until Redis is back.
        do { try await Task.sleep(for: Self.pause) } catch { return }
      }
    }
  }

  /// From the newest entry on.
  private func start() async throws(RedisError) -> String {
    let command = RedisCommand("XREVRANGE", "baton:arrivals", "+", "-", "COUNT", "1", isRepeatable: true)
    let newest = try await connection.send(command).array?.first?.array?.first?.text
    heard(.unknown)
    return newest ?? "0-0"
  }

  /// Gives the last id read. Not repeatable: a broken connection must show, because Redis may have been away.
  private func read(after last: String) async throws(RedisError) -> String {
    var command = RedisCommand(
      "XREAD", "COUNT", "\(Self.step)", "BLOCK", "\(Int(Self.wait / .milliseconds(1)))", "STREAMS", "baton:arrivals",
      last, isRepeatable: false)
    command.patience = Self.wait * 2
    let answer = try await connection.send(command)
    guard let entries = answer.array?.first?.array?.last?.array, !entries.isEmpty else { return last }
    if entries.count == Self.step { heard(.unknown) }
    for arrival in Self.arrivals(entries) { heard(arrival) }
    return entries.last?.array?.first?.text ?? last
  }

  /// Each partition once.
  private static func arrivals(_ entries: [RedisValue]) -> [Arrival] {
    var partitions: Set<Partition> = []
    var hasFreed = false
    for entry in entries {
      guard let pair = entry.array?.last?.array, pair.count >= 2 else { continue }
      switch (pair[0].text, pair[1].text) {
      case ("partition", let name?):
        if let partition = Int(name.dropFirst()).flatMap(Partition.init(rawValue:)) { partitions.insert(partition) }
      case ("freed", _): hasFreed = true
      default: continue
      }
    }
    return partitions.map(Arrival.message) + (hasFreed ? [.freedLeases] : [])
  }
}
