/// What may be said for a fact besides its own words.
enum FactWords {
  /// - Parameter key: without what stands before it.
  static func beside(_ key: String, _ text: String) -> Set<String> {
    var words = Set(Grounding.words(key.replacing("_", with: " ")))
    let own = Grounding.words(text)
    switch key {
    case "annual_revenue": words.formUnion(["year", "yearly", "turnover"])
    case "founded_year": words.insert("year")
    case "title": words.formUnion(own.flatMap { titles[$0] ?? [] })
    case "seniority": words.formUnion(seniorities[own.joined(separator: " ")] ?? [])
    case LeadBrief.similarKey: words.formUnion(["account", "accounts"])
    default: break
    }
    return words
  }

  private static let titles: [String: [String]] = [
    "cto": ["chief", "technology", "technical", "officer"], "ceo": ["chief", "executive", "officer"],
    "cfo": ["chief", "financial", "finance", "officer"], "coo": ["chief", "operating", "operations", "officer"],
    "cio": ["chief", "information", "officer"], "cmo": ["chief", "marketing", "officer"],
    "cro": ["chief", "revenue", "officer"], "ciso": ["chief", "information", "security", "officer"],
    "cpo": ["chief", "officer"], "vp": ["vice", "president"], "svp": ["senior", "vice", "president"],
    "evp": ["executive", "vice", "president"], "hr": ["human", "resources"], "it": ["information", "technology"],
    "ops": ["operations"], "md": ["managing", "director"], "dir": ["director"], "mgr": ["manager"],
  ]

  private static let seniorities: [String: [String]] = {
    let deciding = ["senior", "decision", "maker", "leader", "leadership"]
    return [
      "founder": deciding + ["executive"], "c level": deciding + ["chief", "executive", "officer"],
      "vp": deciding + ["vice", "president", "executive"], "head": deciding + ["lead", "leads"],
      "director": deciding, "manager": ["lead", "leads", "leader"], "intern": ["trainee", "junior"],
    ]
  }()
}
