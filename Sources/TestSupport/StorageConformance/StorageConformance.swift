import RevOps

/// What every store has to do, as cases that any adapter can be put through. An adapter passes all of them or is none.
public enum StorageConformance {
  /// How the suite gets at the store under test.
  public struct Harness: Sendable {
    /// A new, empty store.
    public let make: @Sendable () async throws -> any Storage
    /// The store as the next process finds it if this one dies now. The old one is not used again.
    public let restart: @Sendable (any Storage) async throws -> any Storage

    public init(
      make: @escaping @Sendable () async throws -> any Storage,
      restart: @escaping @Sendable (any Storage) async throws -> any Storage
    ) {
      self.make = make
      self.restart = restart
    }
  }

  /// One promise, named as a fact.
  public struct Case: Sendable, CustomStringConvertible {
    public let name: String
    public let run: @Sendable (Harness) async throws -> Void
    public var description: String { name }

    init(_ name: String, run: @escaping @Sendable (Harness) async throws -> Void) {
      self.name = name
      self.run = run
    }

    /// A promise that needs no restart.
    init(_ name: String, run: @escaping @Sendable (any Storage) async throws -> Void) {
      self.init(name) { (harness: Harness) in try await run(harness.make()) }
    }
  }

  public static let cases: [Case] =
    inbox + leads + commits + searches + outbox + timers + documents + leases + memory + shared + crashes
}

/// A promise that was not kept.
public struct ConformanceFailure: Error, CustomStringConvertible {
  public let description: String
}

func expect(_ holds: Bool, _ promise: String, line: Int = #line, file: String = #fileID) throws {
  guard !holds else { return }
  throw ConformanceFailure(description: "\(file):\(line): not so: \(promise)")
}

func expect<Value: Equatable>(
  _ found: Value, is wanted: Value, _ promise: String, line: Int = #line, file: String = #fileID
) throws {
  guard found != wanted else { return }
  throw ConformanceFailure(description: "\(file):\(line): \(promise): \(wanted) wanted, \(found) found")
}

func unwrap<Value>(_ value: Value?, _ promise: String, line: Int = #line, file: String = #fileID) throws -> Value {
  guard let value else { throw ConformanceFailure(description: "\(file):\(line): missing: \(promise)") }
  return value
}

/// Runs `body`, which must be refused as stale.
func expectStale(_ what: String, line: Int = #line, _ body: () async throws -> Void) async throws {
  do {
    try await body()
  } catch let error as StorageError where error.cause == .staleLease {
    return
  }
  throw ConformanceFailure(description: "line \(line): a stale lease was let through: \(what)")
}
