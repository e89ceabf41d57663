import RevOps

/// Facts for tests: nothing known but a business address, unless the test says more.
func facts(
  email: String = "ada@acme.example", website: String? = nil, crm: CRMFacts = CRMFacts(),
  _ change: (inout NormalizedLead) -> Void = { _ in }, payload: (inout LeadPayload) -> Void = { _ in }
) -> LeadFacts {
  var lead = NormalizedLead(email: email, emailType: .business)
  change(&lead)
  var form = LeadPayload(email: email, website: website)
  payload(&form)
  return LeadFacts(normalized: lead, sources: [:], payload: form, crm: crm)
}

extension Condition {
  /// A test of a field by its name in configurations.
  static func test(_ name: String, _ matcher: Matcher) -> Condition {
    guard let field = ConditionField(named: name) else { fatalError("no field \(name)") }
    return .field(field, matcher)
  }

  func holds(_ facts: LeadFacts, score: ExactDecimal? = nil) -> Bool { evaluate(facts, score: score).holds }
}

/// A decimal that the test wrote itself.
func decimal(_ text: String) -> ExactDecimal {
  guard let number = ExactDecimal(text) else { fatalError("no number: \(text)") }
  return number
}
