import Foundation
import RevOps
import SQLiteStorage
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// Sources with answers of their own, and what each was asked.
private final class Bureau: Sendable {
  struct State {
    var answers: [String: Result<SourceAnswer?, ServiceError>] = [:]
    var asked: [String] = []
    var holds = false
  }

  private let state = Mutex(State())
  let folder: TemporaryFolder
  let store: SQLiteStore
  let clock = MovableClock(monday)

  init() async throws {
    folder = try TemporaryFolder()
    let clock = clock
    store = try await SQLiteStore.open(file: folder.url.appendingPathComponent("b.sqlite"), now: { clock.now })
  }

  var asked: [String] { state.withLock { $0.asked } }
  func holds(_ holds: Bool) { state.withLock { $0.holds = holds } }
  func answer(_ question: String, _ answer: Result<SourceAnswer?, ServiceError>) {
    state.withLock { $0.answers[question] = answer }
  }

  func lookUps() -> PaidLookUps {
    let clock = clock
    return PaidLookUps(cache: store, limiters: store, now: { clock.now })
  }

  private func source(_ source: Source, _ lookUps: Int) -> EnrichmentSource {
    EnrichmentSource(
      source: source, lookUpsPerLead: lookUps,
      person: { email async throws(ServiceError) in try await self.ask("\(source.rawValue) \(email)") },
      company: { domain async throws(ServiceError) in try await self.ask("\(source.rawValue) \(domain)") })
  }

  private func ask(_ question: String) async throws(ServiceError) -> SourceAnswer? {
    state.withLock { $0.asked.append(question) }
    while state.withLock({ $0.holds }) {
      do { try await Task.sleep(for: .milliseconds(2)) } catch { throw .down }
    }
    return try state.withLock { $0.answers[question] ?? .success(nil) }.get()
  }

  func enrich(
    _ email: String = "ada@acme.example", domain: String? = "acme.example", title: String? = nil,
    by lookUps: PaidLookUps, budget: Duration = .seconds(20), _ change: (inout Playbook.Enrich) -> Void = { _ in }
  ) async -> Waterfall.Found {
    var policy = Playbook.Enrich()
    change(&policy)
    let waterfall = Waterfall(
      sources: [source(.clearbit, 1), source(.apollo, 2)], lookUps: lookUps, policy: policy,
      wanted: WantedFacts(.office()),
      facts: { found in
        NormalizedLead(
          email: email, emailType: domain == nil ? .free : .business, domain: domain,
          fullName: title == nil ? found.person?.fullName : "Ada", title: title ?? found.person?.title,
          country: found.company?.country, industry: found.company?.industry, employees: found.company?.employees)
      })
    return await waterfall.enrich(budget: budget)
  }
}

private let bank = SourceAnswer(
  company: .init(industry: "Banking", employees: 900, country: "DE"), domains: ["acme.example"])
private let ada = Enrichment.Person(fullName: "Ada Lovelace", title: "CTO", linkedinURL: "https://linkedin.com/in/ada")

@Suite(.timeLimit(.minutes(2))) struct WaterfallTests {
  @Test func `a match that brings the company is the only look-up, and nobody asks again`() async throws {
    let bureau = try await Bureau()
    bureau.answer(
      "apollo ada@acme.example",
      .success(SourceAnswer(person: ada, company: bank?.company, domains: ["acme.example"])))
    let lookUps = bureau.lookUps()
    let found = await bureau.enrich(by: lookUps)
    #expect(found.enrichment.company?.employees == 900 && found.enrichment.person?.title == "CTO")
    #expect(found.enrichment.sources["company.employees"] == .apollo)
    #expect(found.missing.isEmpty)
    #expect(bureau.asked == ["apollo ada@acme.example"])
    // A colleague's company is known, and so is the same person, in any spelling.
    _ = await bureau.enrich("Ada@ACME.example", by: lookUps)
    _ = await bureau.enrich("bob@acme.example", title: "CFO", by: lookUps)
    #expect(bureau.asked == ["apollo ada@acme.example"])
  }

  @Test func `only what is open is asked for, in the playbook's order, field by field`() async throws {
    let bureau = try await Bureau()
    bureau.answer(
      "apollo acme.example", .success(SourceAnswer(company: .init(employees: 900), domains: ["acme.example"])))
    bureau.answer(
      "clearbit acme.example",
      .success(SourceAnswer(company: .init(industry: "Banks", employees: 5, country: "DE"), domains: ["acme.example"])))
    let found = await bureau.enrich(title: "CTO", by: bureau.lookUps())
    #expect(bureau.asked == ["apollo acme.example", "clearbit acme.example"])
    #expect(found.enrichment.company?.employees == 900 && found.enrichment.company?.industry == "Banks")
    #expect(found.enrichment.sources["company.employees"] == .apollo)
    #expect(found.enrichment.sources["company.industry"] == .clearbit)
    let reversed = try await Bureau()
    _ = await reversed.enrich(title: "CTO", by: reversed.lookUps()) { $0.order = [.clearbit] }
    #expect(reversed.asked == ["clearbit acme.example"])
  }

  @Test func `a lead costs at most two look-ups at Apollo and one at Clearbit`() async throws {
    let bureau = try await Bureau()
    _ = await bureau.enrich(by: bureau.lookUps())
    #expect(bureau.asked == ["apollo ada@acme.example", "apollo acme.example", "clearbit ada@acme.example"])
    let freeMail = try await Bureau()
    _ = await freeMail.enrich("ada@mail.example", domain: nil, by: freeMail.lookUps())
    #expect(freeMail.asked == ["apollo ada@mail.example", "clearbit ada@mail.example"])
    let website = try await Bureau()
    _ = await website.enrich("ada@mail.example", domain: "acme.example", by: website.lookUps())
    #expect(website.asked.last == "clearbit acme.example")
  }

  @Test func `an answer about another company is refused and said, an alias is not`() async throws {
    let bureau = try await Bureau()
    bureau.answer(
      "apollo ada@acme.example",
      .success(SourceAnswer(person: ada, company: .init(industry: "Mining", employees: 7), domains: ["other.example"])))
    bureau.answer(
      "clearbit ada@acme.example",
      .success(
        SourceAnswer(company: .init(industry: "Banks", employees: 900), domains: ["acme.test", "acme.example"])))
    let found = await bureau.enrich(by: bureau.lookUps())
    #expect(found.enrichment.person == .init(fullName: ada.fullName, linkedinURL: ada.linkedinURL))
    #expect(found.enrichment.company?.employees == 900 && found.enrichment.company?.domain == "acme.example")
    #expect(found.remarks == ["apollo: answered about other.example, not acme.example"])
  }

  @Test func `misses are kept for a week, answers as long as the playbook says`() async throws {
    let bureau = try await Bureau()
    let lookUps = bureau.lookUps()
    _ = await bureau.enrich(title: "CTO", by: lookUps) { $0.order = [.apollo] }
    bureau.answer("apollo acme.example", .success(bank))
    bureau.clock.advance(by: 6 * 86_400)
    #expect(await bureau.enrich(title: "CTO", by: lookUps) { $0.order = [.apollo] }.enrichment.company == nil)
    bureau.clock.advance(by: 86_400)
    #expect(
      await bureau.enrich(title: "CTO", by: lookUps) { $0.order = [.apollo] }.enrichment.company?.employees == 900)
    bureau.clock.advance(by: 29 * 86_400)
    _ = await bureau.enrich(title: "CTO", by: lookUps) { $0.order = [.apollo] }
    #expect(bureau.asked.count == 2)
    bureau.clock.advance(by: 86_400)
    _ = await bureau.enrich(title: "CTO", by: lookUps) { $0.order = [.apollo] }
    #expect(bureau.asked.count == 3)
  }

  @Test func `an earlier answer has to do while its source is away, with its date, and not for ever`() async throws {
    let bureau = try await Bureau()
    let lookUps = bureau.lookUps()
    bureau.answer("apollo acme.example", .success(bank))
    _ = await bureau.enrich(title: "CTO", by: lookUps)
    bureau.answer("apollo acme.example", .failure(.down))
    bureau.clock.advance(by: 31 * 86_400)
    let found = await bureau.enrich(title: "CTO", by: lookUps)
    #expect(found.enrichment.company?.employees == 900)
    #expect(found.dated == ["apollo": monday])
    bureau.clock.advance(by: 370 * 86_400)
    let none = await bureau.enrich(title: "CTO", by: lookUps)
    #expect(none.enrichment.company == nil && none.missing == ["apollo"] && none.dated.isEmpty)
  }

  @Test func `"not ready" and other failures are no misses: they are asked again at once`() async throws {
    let bureau = try await Bureau()
    let lookUps = bureau.lookUps()
    let queued = ServiceError(service: "clearbit", code: "202", detail: "queued", retry: .later(.seconds(5)))
    bureau.answer("clearbit acme.example", .failure(queued))
    #expect(await bureau.enrich(title: "CTO", by: lookUps).missing == ["clearbit"])
    bureau.answer("clearbit acme.example", .success(bank))
    let found = await bureau.enrich(title: "CTO", by: lookUps)
    #expect(found.missing.isEmpty && found.enrichment.sources["company.employees"] == .clearbit)
  }

  @Test func `a hundred who ask at once pay once`() async throws {
    let bureau = try await Bureau()
    bureau.answer("apollo acme.example", .success(bank))
    bureau.holds(true)
    let lookUps = bureau.lookUps()
    await withTaskGroup(of: Int?.self) { group in
      for _ in 1...100 {
        group.addTask { await bureau.enrich(title: "CTO", by: lookUps).enrichment.company?.employees }
      }
      group.addTask {
        try? await eventually("the question") { bureau.asked.count == 1 }
        bureau.holds(false)
        return 900
      }
      for await employees in group { #expect(employees == 900) }
    }
    #expect(bureau.asked == ["apollo acme.example"])
  }

  @Test func `an answer that comes after the budget is there for the next who asks`() async throws {
    let bureau = try await Bureau()
    bureau.answer("apollo acme.example", .success(bank))
    bureau.holds(true)
    let lookUps = bureau.lookUps()
    let early = await bureau.enrich(title: "CTO", by: lookUps, budget: .milliseconds(30))
    #expect(early.missing == ["apollo", "clearbit"])
    bureau.holds(false)
    #expect(await bureau.enrich(title: "CTO", by: lookUps).enrichment.company?.employees == 900)
    #expect(bureau.asked == ["apollo acme.example"])
  }

  @Test func `the daily limit is kept for each source, and what was paid for costs nothing`() async throws {
    let bureau = try await Bureau()
    let lookUps = bureau.lookUps()
    for number in 1...4 {
      let found = await bureau.enrich("a@c\(number).example", domain: "c\(number).example", title: "CTO", by: lookUps) {
        $0.dailyLimit = 2
      }
      #expect(found.missing == (number <= 2 ? [] : ["apollo", "clearbit"]))
    }
    #expect(bureau.asked.count == 4)
    _ = await bureau.enrich("b@c1.example", domain: "c1.example", title: "CTO", by: lookUps) { $0.dailyLimit = 2 }
    #expect(bureau.asked.count == 4)
    bureau.clock.advance(by: 86_400)
    _ = await bureau.enrich("a@c4.example", domain: "c4.example", title: "CTO", by: lookUps) { $0.dailyLimit = 2 }
    #expect(bureau.asked.count == 6)
  }
}
