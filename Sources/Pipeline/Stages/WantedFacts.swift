import RevOps

/// What the sources are asked for: what people want to see of every lead, and whatever else the rules ask about.
struct WantedFacts: Sendable {
  private let company: Set<Field>
  private static let usual: Set<Field> = [.employees, .industry, .country]
  private static let ofCompany: Set<Field> = [
    .employees, .industry, .country, .technologies, .annualRevenue, .foundedYear, .description,
  ]

  init(_ policy: Policy) {
    let scoring = policy.scoring
    let gates = scoring.disqualify + scoring.qualify + scoring.nurture
    let conditions = scoring.rules.map(\.when) + gates.map(\.when) + policy.routing.rules.map(\.when)
    company = conditions.reduce(into: Self.usual) { $0.formUnion(Self.fields(of: $1)) }
      .intersection(Self.ofCompany)
  }

  func isPersonOpen(_ lead: NormalizedLead) -> Bool { lead.title == nil || lead.fullName == nil }

  func isCompanyOpen(_ lead: NormalizedLead) -> Bool {
    company.contains { field in
      switch field {
      case .employees: lead.employees == nil
      case .industry: lead.industry == nil
      case .country: lead.country == nil
      case .technologies: lead.technologies.isEmpty
      case .annualRevenue: lead.annualRevenue == nil
      case .foundedYear: lead.foundedYear == nil
      case .description: lead.description == nil
      default: false
      }
    }
  }

  private static func fields(of condition: Condition) -> Set<Field> {
    switch condition {
    case .field(.normalized(let field), _): [field]
    case .field: []
    case .all(let parts), .any(let parts), .none(let parts): Set(parts.flatMap(fields))
    }
  }
}
