/// One kind of fact in the vector: its dimensions, its share of the whole, and how the fact is drawn there.
///
/// A share is what two accounts with all facts known gain when they agree in that alone. Industry and size tell most
/// about how a company buys, then where it is; the person, the tools and the topic order what is alike otherwise.
/// Together the shares are 1.
struct EmbeddingAspect: Sendable {
  let dimensions: Range<Int>
  let share: Double
  /// Fills the block; leaves it at zero when the fact is unknown.
  let draw: @Sendable (AccountFacts, inout ArraySlice<Double>) -> Void

  static let all = [
    EmbeddingAspect(dimensions: 0..<64, share: 0.40, draw: drawIndustry),
    EmbeddingAspect(dimensions: 64..<96, share: 0.25, draw: drawSize),
    EmbeddingAspect(dimensions: 96..<164, share: 0.20, draw: drawPlace),
    EmbeddingAspect(dimensions: 164..<192, share: 0.05, draw: drawContact),
    EmbeddingAspect(dimensions: 192..<224, share: 0.04, draw: drawTechnologies),
    EmbeddingAspect(dimensions: 224..<256, share: 0.06, draw: drawWords),
  ]

  /// Half is the industry itself, half what it has in common with related ones.
  private static func drawIndustry(_ facts: AccountFacts, into block: inout ArraySlice<Double>) {
    guard let position = facts.industry.flatMap(Sector.position) else { return }
    let sectors = Sector.industries[position].sectors
    block[block.startIndex + position] = 0.5.squareRoot()
    for sector in sectors {
      block[block.endIndex - 1 - sector.rawValue] = (0.5 / Double(sectors.count)).squareRoot()
    }
  }

  /// The band and, fading, its two neighbours on either side: twice as large is nearly alike (0.84), ten times hardly
  /// (0.21), fifty times not at all.
  private static func drawSize(_ facts: AccountFacts, into block: inout ArraySlice<Double>) {
    guard let band = facts.employees.flatMap(CompanySize.band) else { return }
    drawSlope([1, 2, 3, 2, 1], at: band, into: &block)
  }

  /// Market, region, country and part of the country, each as far as it is known.
  private static func drawPlace(_ facts: AccountFacts, into block: inout ArraySlice<Double>) {
    guard let country = facts.country else { return }
    let start = block.startIndex
    if let region = SalesRegion.of(country) {
      block[start + region.rawValue] = 0.25.squareRoot()
      block[start + 20 + region.market.rawValue] = 0.15.squareRoot()
    }
    var names = ArraySlice<Double>(repeating: 0, count: 44)
    HashedFeature.add(country, to: &names)
    add(names, share: 0.45, to: &block, at: start + 24)
    guard let region = facts.region else { return }
    names = ArraySlice(repeating: 0, count: 44)
    HashedFeature.add(region, to: &names)
    add(names, share: 0.15, to: &block, at: start + 24)
  }

  private static func add(_ part: ArraySlice<Double>, share: Double, to block: inout ArraySlice<Double>, at start: Int)
  {
    let scale = (share / Double(HashedFeature.spread)).squareRoot()
    for (offset, value) in part.enumerated() { block[start + offset] += value * scale }
  }

  /// The department and, with its neighbours, the level.
  private static func drawContact(_ facts: AccountFacts, into block: inout ArraySlice<Double>) {
    if let place = facts.department.flatMap(departments.firstIndex) { block[block.startIndex + place] = 2 }
    guard let level = facts.seniority.flatMap(levels.firstIndex) else { return }
    var slope = block[(block.startIndex + 17)...]
    drawSlope([1, 2, 1], at: level, into: &slope)
    block.replaceSubrange((block.startIndex + 17)..., with: slope)
  }

  private static func drawTechnologies(_ facts: AccountFacts, into block: inout ArraySlice<Double>) {
    for name in Set(facts.technologies.map(TextFolding.key)) where !name.isEmpty {
      HashedFeature.add(name, to: &block)
    }
  }

  private static func drawWords(_ facts: AccountFacts, into block: inout ArraySlice<Double>) {
    for word in TopicWords.of(facts.texts) { HashedFeature.add(word, to: &block) }
  }

  private static func drawSlope(_ heights: [Double], at place: Int, into block: inout ArraySlice<Double>) {
    for (offset, height) in heights.enumerated() { block[block.startIndex + place + offset] = height }
  }

  /// Positions are places in stored vectors: new ones are only appended. `other` says nothing.
  private static let departments: [Department] = [
    .executive, .sales, .marketing, .customerSuccess, .finance, .operations, .engineering, .it, .data, .product,
    .security, .hr, .legal, .procurement, .support, .research, .education,
  ]
  private static let levels: [Seniority] = [
    .founder, .cLevel, .vp, .head, .director, .manager, .senior, .individual, .intern,
  ]
}
