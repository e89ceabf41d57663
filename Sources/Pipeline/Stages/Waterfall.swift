import Foundation
import RevOps

/// The enrichment sources in the playbook's order: the next is asked only for what the form and the ones before left
/// open, person and company apart.
struct Waterfall: Sendable {
  struct Found: Sendable {
    var enrichment = Enrichment()
    /// Sources that are configured but did not answer, or whose daily limit is reached.
    var missing: [String] = []
    /// Sources whose earlier answer had to do.
    var dated: [String: Date] = [:]
    /// What was refused, and why.
    var remarks: [String] = []
  }

  let sources: [EnrichmentSource]
  let lookUps: PaidLookUps
  let policy: Playbook.Enrich
  let wanted: WantedFacts
  /// The lead's facts with what has been found so far.
  let facts: @Sendable (Enrichment) -> NormalizedLead

  /// What is there when the budget is up; sources that had not answered by then are named as missing.
  func enrich(budget: Duration) async -> Found {
    let progress = Progressing(missing: ordered.map(\.source.rawValue))
    _ = await within(budget) {
      for source in self.ordered { await self.ask(source, progress) }
      return true
    }
    return await progress.found
  }

  private var ordered: [EnrichmentSource] {
    policy.order.compactMap { name in sources.first { $0.source == name } }
  }

  /// As many look-ups as a lead is worth, one after another: the first may answer what the second would ask.
  private func ask(_ source: EnrichmentSource, _ progress: Progressing) async {
    var asked: Set<PaidLookUps.Subject> = []
    var failures: [ServiceError] = []
    while asked.count < source.lookUpsPerLead,
      let subject = next(for: source, after: asked, facts(await progress.found.enrichment))
    {
      asked.insert(subject)
      switch await lookUps.ask(source, subject, policy) {
      case .said(let answer, let date):
        if let date { await progress.dated(source.source, date) }
        await take(answer, from: source.source, about: subject, progress)
      case .silent(let error):
        failures.append(error)
        // A plan may lack one of two look-ups; a source that is away has neither.
        if error.retry != .never { return }
      }
    }
    if failures.isEmpty || failures.count < asked.count { await progress.answered(source.source) }
  }

  /// Nil: nothing that this source could say is open.
  private func next(
    for source: EnrichmentSource, after asked: Set<PaidLookUps.Subject>, _ lead: NormalizedLead
  ) -> PaidLookUps.Subject? {
    let person = PaidLookUps.Subject.person(EmailAddress.identity(of: lead.email))
    let company = lead.domain.map { PaidLookUps.Subject.company($0) }
    let isCompanyOpen = wanted.isCompanyOpen(lead)
    var order: [PaidLookUps.Subject] = []
    // A match by address brings the company of the address with it; without a domain it is the only way to one.
    if wanted.isPersonOpen(lead) || (isCompanyOpen && company == nil) { order = [person] }
    if isCompanyOpen, let company {
      let isOfAddress = Domain.registrable(host(of: lead.email)) == lead.domain
      order = source.lookUpsPerLead > 1 || isOfAddress ? order + [company] : [company]
    }
    return order.first { !asked.contains($0) }
  }

  private func host(of email: String) -> String { email.split(separator: "@").last.map(String.init) ?? "" }

  /// Takes what is about the lead's person and company. A person who works elsewhere has another title there: of them
  /// only name and profile are kept.
  private func take(
    _ answer: SourceAnswer?, from source: Source, about subject: PaidLookUps.Subject, _ progress: Progressing
  ) async {
    guard var answer else { return }
    if let domain = facts(Enrichment()).domain, !answer.domains.contains(domain) {
      if let other = answer.domains.first {
        await progress.refused("\(source.rawValue): answered about \(other), not \(domain)")
        answer.person = answer.person.map { Enrichment.Person(fullName: $0.fullName, linkedinURL: $0.linkedinURL) }
      } else if answer.company != nil {
        await progress.refused("\(source.rawValue): did not say which company it answered about")
      }
      answer.company = nil
    } else if let domain = facts(Enrichment()).domain {
      // Found under one of its other domains.
      answer.company?.domain = domain
    }
    if let found = Enrichment(company: answer.company, person: answer.person, from: source) {
      await progress.found(found)
    }
  }
}

/// What has been found while the look-ups are still running.
private actor Progressing {
  private(set) var found: Waterfall.Found

  init(missing: [String]) { found = Waterfall.Found(missing: missing) }

  func answered(_ source: Source) { found.missing.removeAll { $0 == source.rawValue } }
  func dated(_ source: Source, _ date: Date) { found.dated[source.rawValue] = date }
  func refused(_ remark: String) { if !found.remarks.contains(remark) { found.remarks.append(remark) } }
  func found(_ enrichment: Enrichment) { found.enrichment.fill(from: enrichment) }
}
