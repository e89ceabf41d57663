import Foundation
import RevOps

/// Asks the enrichment sources and the CRM, side by side, within one budget. Whoever gives no answer in time is named in
/// `missing`: the lead goes on without.
struct EnrichStage: Sendable {
  let sources: [EnrichmentSource]
  let lookUps: PaidLookUps
  let crm: CRM?
  let normalize: @Sendable (LeadPayload, Enrichment?, CRMFacts) -> LeadFacts
  let policy: Policy

  private var budget: Duration { .seconds(policy.playbook.enrich.budget) }

  func callAsFunction(_ lead: CapturedLead) async -> EnrichedLead {
    async let looked = waterfall(lead.facts.payload).enrich(budget: budget)
    async let account = account(of: lead.facts)
    return enriched(lead, await looked, await account ?? .notChecked)
  }

  /// Asks once more for what is missing; whoever answered is not asked twice, and what is known is not lost.
  func again(_ known: EnrichedLead) async -> EnrichedLead {
    let payload = known.captured.facts.payload
    async let looked = waterfall(payload).enrich(budget: budget)
    async let account = known.facts.crm.checked ? known.facts.crm : account(of: known.captured.facts)
    var found = await looked
    found.enrichment.fill(from: known.enrichment)
    return enriched(known.captured, found, await account ?? .notChecked)
  }

  private func enriched(_ lead: CapturedLead, _ found: Waterfall.Found, _ account: CRMFacts) -> EnrichedLead {
    let facts = normalize(lead.facts.payload, found.enrichment, account)
    return EnrichedLead(
      captured: lead, enrichment: found.enrichment, facts: facts,
      missing: found.missing + (crm != nil && !account.checked ? ["hubspot"] : []),
      dated: found.dated.isEmpty ? nil : found.dated, remarks: found.remarks.isEmpty ? nil : found.remarks)
  }

  private func waterfall(_ payload: LeadPayload) -> Waterfall {
    Waterfall(
      sources: sources, lookUps: lookUps, policy: policy.playbook.enrich, wanted: WantedFacts(policy),
      facts: { [normalize] in normalize(payload, $0, .notChecked).normalized })
  }

  /// Nil: the CRM is not configured, or gave no answer in time.
  private func account(of facts: LeadFacts) async -> CRMFacts? {
    guard let crm else { return nil }
    let query = CRM.Query(
      email: facts.normalized.email, domain: facts.normalized.domain, company: facts.normalized.company)
    let answer: CRMFacts?? = await within(budget) {
      do {
        return try await crm.lookUp(query)
      } catch {
        return nil
      }
    }
    return answer ?? nil
  }
}

extension EnrichedLead {
  /// What a person should know of the facts' sources.
  var warnings: [String] {
    let dates = (dated ?? [:]).sorted { $0.key < $1.key }.map {
      "\($0.key.capitalized)'s answer of \(Self.day($0.value))"
    }
    return dates + (facts.crm.checked ? [] : [Self.accountNotChecked])
  }

  static let accountNotChecked = "account not checked"

  private static func day(_ date: Date) -> String {
    date.formatted(
      Date.FormatStyle(locale: Locale(identifier: "en_GB"), timeZone: .gmt).day().month(.wide).year())
  }
}
