import Sandbox

/// A sandbox and a Baton beside it, for the length of one measurement.
enum Bed {
  static func run<Value: Sendable>(
    services: [StandIn] = [.slack, .hubspot, .apollo, .clearbit], delays: [StandIn: Duration] = [:],
    rates: BatonProcess.Rates = .configured, redis: String? = nil, limits: HubSpotLimits? = nil,
    _ measure: @escaping @Sendable (Sandbox, BatonProcess) async throws -> Value
  ) async throws -> Value {
    var configuration = Sandbox.Configuration()
    configuration.delays = delays
    configuration.hubSpotLimits = limits
    let sandbox = Sandbox(configuration)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask {
        try await sandbox.run()
        return nil
      }
      group.addTask {
        _ = await sandbox.started()
        let baton = try await BatonProcess(sandbox, services: services, rates: rates, redis: redis)
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

  private let number: Int

  init(_ number: Int) {
    self.number = number
    email = "lead\(number)@bench\(number).example"
    json = [
      "email": .string(email), "full_name": "Bench Lead", "title": "Head of Sales", "company": "Bench \(number)",
      "country": "Germany", "employees": 120, "source": "demo request",
    ]
  }

  /// Makes the first enrichment service know the company and the person whole.
  func makeKnown(to world: World) {
    let domain = "bench\(number).example"
    var company = CatalogueCompany(
      domain, "Bench \(number)", "Computer Software", employees: 120, country: "DE", state: ("BE", "Berlin"),
      city: "Berlin")
    company.founded = 2001
    company.revenue = 18_000_000
    company.technologies = ["aws"]
    company.description = "Bench \(number) of Berlin."
    world.add(company)
    world.add(
      CataloguePerson(email, "Bench", "Lead", title: "Head of Sales", seniority: "head", department: "sales"))
  }
}
