import Sandbox

/// A sandbox and a Baton beside it, for the length of one measurement.
enum Bed {
  static func run<Value: Sendable>(
    delays: [StandIn: Duration] = [:], _ measure: @escaping @Sendable (Sandbox, BatonProcess) async throws -> Value
  ) async throws -> Value {
    var configuration = Sandbox.Configuration()
    configuration.delays = delays
    let sandbox = Sandbox(configuration)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask {
        try await sandbox.run()
        return nil
      }
      group.addTask {
        _ = await sandbox.started()
        let baton = try await BatonProcess(sandbox)
        let value = try await measure(sandbox, baton)
        try await baton.stop()
        return value
      }
      defer { group.cancelAll() }
      while let value = try await group.next() {
        if let value { return value }
      }
      throw CancellationError()
    }
  }
}

/// A lead that qualifies, of a company of its own.
struct BenchLead {
  let email: String
  let json: JSON

  init(_ number: Int) {
    email = "lead\(number)@bench\(number).example"
    json = [
      "email": .string(email), "full_name": "Bench Lead", "title": "Head of Sales", "company": "Bench \(number)",
      "country": "Germany", "employees": 120, "source": "demo request",
    ]
  }
}
