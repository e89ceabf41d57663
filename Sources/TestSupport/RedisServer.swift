import Foundation
import Glibc
import Synchronization

/// A redis-server of one test, on a unix socket in a folder of its own, ended with this object at the latest.
public final class RedisServer: Sendable {
  public let socket: String
  private let folder: TemporaryFolder
  private let options: [String]
  private let process: Mutex<ChildProcess?>

  public struct NotReady: Error, CustomStringConvertible {
    public let description: String
  }

  /// Starts it with an append-only file and waits until it answers.
  ///
  /// - Parameters:
  ///   - fsync: `appendfsync`.
  ///   - options: further ones, as on its command line; they win over the usual ones.
  public init(fsync: String = "always", options: [String] = []) async throws {
    folder = try TemporaryFolder()
    socket = folder.url.appending(path: "redis.sock").path
    self.options =
      [
        "--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", folder.url.path, "--save", "",
        "--appendonly", "yes", "--appendfsync", fsync, "--daemonize", "no", "--logfile", "",
      ] + options
    process = Mutex(nil)
    try await start()
  }

  public var url: String { "redis+unix://\(socket)" }
  public var pid: pid_t? { process.withLock { $0?.pid } }

  /// Starts it over what it left on disk.
  public func start() async throws {
    let child = try ChildProcess("/usr/bin/redis-server", options, environment: ["PATH": "/usr/bin:/bin"])
    process.withLock { $0 = child }
    try await eventually("a redis-server that is ready") {
      guard child.isRunning else { throw NotReady(description: "redis-server ended: \(child.output)\(child.errors)") }
      return child.output.contains("eady to accept connections at")
    }
  }

  /// As a power cut that the disk survives: SIGKILL.
  public func kill() async throws {
    signal(SIGKILL)
    try await process.withLock { $0.take() }?.end()
  }

  /// SIGSTOP makes it silent, SIGCONT wakes it.
  public func signal(_ number: Int32) { process.withLock { $0?.signal(number) } }
}
