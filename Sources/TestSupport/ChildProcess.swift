import CLinux
import Foundation
import Glibc
import Synchronization

/// A program started by a test, with its output in files, ended with this object at the latest.
///
/// Foundation's `Process` is not used: from async code its children inherit a blocked SIGTERM.
public final class ChildProcess: Sendable {
  /// How a process ended.
  public enum Ending: Sendable, Equatable {
    case exited(Int32)
    case signaled(Int32)
  }

  public struct NotStarted: Error, CustomStringConvertible {
    public let program: String
    public let code: Int32
    public var description: String { "\(program) could not be started (errno \(code))" }
  }

  public let pid: pid_t
  private let folder: TemporaryFolder
  private let ending = Mutex<Ending?>(nil)

  /// - Parameters:
  ///   - program: its path.
  ///   - environment: all of it; nothing is inherited.
  ///   - directory: the working directory, nil for this process's own.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:], directory: String? = nil
  ) throws {
    folder = try TemporaryFolder()
    let output = try Self.create(folder.url.appending(path: "stdout"))
    let errors = try Self.create(folder.url.appending(path: "stderr"))
    defer {
      close(output)
      close(errors)
    }
    var words = CStrings([program] + arguments)
    var variables = CStrings(environment.map { "\($0.key)=\($0.value)" })
    defer {
      words.free()
      variables.free()
    }
    pid = clinux_spawn(program, &words.pointers, &variables.pointers, directory, output, errors)
    guard pid > 0 else { throw NotStarted(program: program, code: -pid) }
    Orphans.shared.add(pid)
  }

  deinit {
    guard poll() == nil else { return }
    Glibc.kill(-pid, SIGKILL)
    // The kernel ends it at once; what is reaped here leaves no zombie.
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    Orphans.shared.remove(pid)
  }

  /// What it has written so far.
  public var output: String { text("stdout") }
  public var errors: String { text("stderr") }

  /// The lines of its standard error that are whole.
  public var errorLines: [String] {
    let text = errors
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    return text.hasSuffix("\n") ? lines : Array(lines.dropLast())
  }

  public var isRunning: Bool { poll() == nil }

  /// SIGKILL goes to its whole group: a tracer that is killed would leave what it traced behind.
  public func signal(_ number: Int32) {
    if poll() == nil { Glibc.kill(number == SIGKILL ? -pid : pid, number) }
  }

  /// Waits for its end. SIGKILL and an error once the time is up.
  @discardableResult
  public func end(within limit: Duration = .seconds(20)) async throws -> Ending {
    do {
      return try await eventually("the end of process \(pid)", within: limit, every: .milliseconds(5)) { poll() }
    } catch {
      signal(SIGKILL)
      throw error
    }
  }

  /// Nil while it runs.
  private func poll() -> Ending? {
    ending.withLock { ending in
      if let ending { return ending }
      var status: Int32 = 0
      guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
      // wait(2): the low seven bits hold the signal, the byte above the exit code.
      ending = status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .signaled(status & 0x7f)
      Orphans.shared.remove(pid)
      return ending
    }
  }

  private func text(_ name: String) -> String {
    let data = FileManager.default.contents(atPath: folder.url.appending(path: name).path) ?? Data()
    return String(decoding: data, as: UTF8.self)
  }

  private static func create(_ file: URL) throws -> Int32 {
    let descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_APPEND, 0o600)
    guard descriptor >= 0 else { throw NotStarted(program: file.path, code: errno) }
    return descriptor
  }
}

/// The processes that run: what is left of them when this one exits is killed.
private final class Orphans: Sendable {
  static let shared = Orphans()

  private let running = Mutex<Set<pid_t>>([])

  private init() {
    atexit { Orphans.shared.killAll() }
  }

  func add(_ pid: pid_t) { running.withLock { _ = $0.insert(pid) } }
  func remove(_ pid: pid_t) { running.withLock { _ = $0.remove(pid) } }

  private func killAll() {
    for pid in running.withLock({ $0 }) { Glibc.kill(-pid, SIGKILL) }
  }
}

/// Strings as C programs take them: an array of pointers that ends with null.
private struct CStrings {
  var pointers: [UnsafeMutablePointer<CChar>?]

  init(_ strings: [String]) { pointers = strings.map { strdup($0) } + [nil] }

  mutating func free() {
    for pointer in pointers { Glibc.free(pointer) }
    pointers = []
  }
}
