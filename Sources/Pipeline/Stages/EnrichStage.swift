import Foundation
import RevOps

/// Asks the enrichment sources and the CRM, side by side, within one budget. Whoever gives no answer in time is named in
/// `missing`: the lead goes on without.
struct EnrichStage: Sendable {
  let waterfall: Waterfall
  let crm: CRM?
  let normalize: @Sendable (LeadPayload, Enrichment?, CRMFacts) -> LeadFacts
  let budget: Duration

  func callAsFunction(_ lead: CapturedLead, now: Date) async -> EnrichedLead {
    let form = lead.facts.normalized
    async let looked = waterfall.enrich(email: form.email, domain: form.domain, budget: budget, now: now)
    async let account = account(of: lead.facts)
    let (found, crmFacts) = await (looked, account)
    let facts = normalize(lead.facts.payload, found.enrichment, crmFacts ?? .notChecked)
    var missing = found.missing
    if crm != nil, crmFacts == nil { missing.append("hubspot") }
    return EnrichedLead(captured: lead, enrichment: found.enrichment, facts: facts, missing: missing)
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
