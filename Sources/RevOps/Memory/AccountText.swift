/// What an account is like in words, for a model that turns texts into vectors: what two accounts are compared by, and
/// nothing of the person who asked, neither of their words nor of their name, address or role.
public enum AccountText {
  /// Models take 8,192 tokens; no script needs more than one for a character in the long run.
  private static let most = 6_000

  /// Nil when no fact is known that accounts are compared by.
  public static func of(_ facts: AccountFacts, about: [String] = []) -> String? {
    var lines: [String] = []
    if let industry = facts.industry { lines.append("Industry: \(industry)") }
    if let employees = facts.employees, let size = size(employees) { lines.append("Size: \(size)") }
    if let country = facts.country { lines.append("Country: \(country)") }
    if let region = facts.region { lines.append("Region: \(region)") }
    if !facts.technologies.isEmpty {
      lines.append("Technologies: \(facts.technologies.sorted().prefix(40).joined(separator: ", "))")
    }
    lines += about.filter { !$0.isEmpty }
    return lines.isEmpty ? nil : String(lines.joined(separator: "\n").prefix(most))
  }

  /// A lead's, with what its company says of itself and what was asked for.
  public static func of(_ facts: LeadFacts) -> String? {
    let description = facts.normalized.description.map { "About: \($0)" }
    let product = facts.payload.product.map { "Asked for: \($0)" }
    return of(AccountFacts(facts), about: [description, product].compactMap { $0 })
  }

  /// Bands, since people and models alike take 850 and 900 for the same.
  private static func size(_ employees: Int) -> String? {
    guard let band = CompanySize.band(of: employees) else { return nil }
    let upper = band + 1 < CompanySize.bands.count ? " to \(CompanySize.bands[band + 1])" : " or more"
    return "\(CompanySize.bands[band])\(upper) employees"
  }

  /// Companies that have nothing in common but being companies.
  public static let unrelated: [String] = [
    AccountFacts(industry: "Banking", country: "DE", employees: 9_000),
    AccountFacts(industry: "Agriculture", country: "KE", employees: 12),
    AccountFacts(industry: "SaaS", country: "US", region: "US-CA", employees: 300, technologies: ["aws", "python"]),
    AccountFacts(industry: "Oil & Gas", country: "NO", employees: 2_500),
    AccountFacts(industry: "Education", country: "IN", employees: 700),
    AccountFacts(industry: "Food & Beverage", country: "MX", employees: 60),
  ].compactMap { of($0) }
}

/// How a model's cosines are read. Texts of any two accounts have much in common (words, form, subject), some models
/// more than others: the cosine of unrelated accounts is nothing alike, and only what goes beyond it counts.
public struct SimilarityScale: Codable, Sendable, Equatable {
  /// The mean cosine of accounts that have nothing in common: 0 on the scale.
  public var unrelated: Double

  /// Of a model whose vectors of unrelated accounts are at right angles.
  public static let plain = SimilarityScale(unrelated: 0)

  public init(unrelated: Double) { self.unrelated = unrelated }

  /// From the model's vectors of `AccountText.unrelated`.
  public init(measuredBy vectors: [[Float]]) {
    var sum = 0.0
    var pairs = 0
    for (index, first) in vectors.enumerated() {
      for second in vectors[(index + 1)...] {
        sum += Self.cosine(first, second)
        pairs += 1
      }
    }
    // A model that finds everything alike tells nothing: its scale stays that of cosines.
    let mean = pairs == 0 ? 0 : sum / Double(pairs)
    unrelated = (0..<0.98).contains(mean) ? mean : 0
  }

  /// 0: nothing in common; 1: the same.
  public func similarity(cosine: Double) -> Double { min(max((cosine - unrelated) / (1 - unrelated), 0), 1) }

  private static func cosine(_ first: [Float], _ second: [Float]) -> Double {
    func product(_ left: [Float], _ right: [Float]) -> Double {
      zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let lengths = (product(first, first) * product(second, second)).squareRoot()
    return lengths > 0 ? product(first, second) / lengths : 0
  }
}
