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

/// Repeatable randomness (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
