import RevOps
import Testing

@testable import RevOps

private let bank = AccountFacts(industry: "Banking", country: "DE", employees: 900)

private func likeness(_ first: AccountFacts, _ second: AccountFacts) throws -> Double {
  let pair = (try #require(LocalEmbedding.vector(first)), try #require(LocalEmbedding.vector(second)))
  return zip(pair.0, pair.1).reduce(0) { $0 + Double($1.0 * $1.1) }
}

private func bank(_ change: (inout AccountFacts) -> Void) -> AccountFacts {
  var facts = bank
  change(&facts)
  return facts
}

/// All facts known.
private let whole = AccountFacts(
  industry: "Banking", country: "DE", region: "DE-HE", employees: 900, department: .engineering, seniority: .cLevel,
  technologies: ["AWS", "Kafka"], texts: ["Payments and lending for the public", "single sign-on"])

@Suite struct MemoryEmbeddingTests {
  @Test("a vector has 256 dimensions and unit length, however little is known")
  func unit() throws {
    for facts in [whole, bank, AccountFacts(country: "JP"), AccountFacts(texts: ["warehouse robots"])] {
      let vector = try #require(LocalEmbedding.vector(facts))
      #expect(vector.count == 256)
      #expect(abs(try likeness(facts, facts) - 1) < 1e-6)
    }
  }

  @Test("nothing known is no vector")
  func nothing() {
    #expect(LocalEmbedding.vector(AccountFacts()) == nil)
    #expect(LocalEmbedding.vector(AccountFacts(industry: "Unheard of", employees: 0, texts: ["hi, +49 69 123"])) == nil)
  }

  @Test("same industry, size and country are near 1; all of them different, even with the same contact, below 0.3")
  func extremes() throws {
    let twin = AccountFacts(
      industry: "Banking", country: "DE", region: "DE-BY", employees: 1_100, department: .finance, seniority: .manager,
      technologies: ["Azure"], texts: ["Savings for farmers"])
    let stranger = AccountFacts(
      industry: "Agriculture", country: "BR", region: "BR-SP", employees: 12, department: .engineering,
      seniority: .cLevel, technologies: ["PHP"], texts: ["Coffee beans from the highlands"])
    #expect(try likeness(bank, bank { $0.employees = 950 }) > 0.99)
    #expect(try likeness(whole, twin) > 0.75)
    #expect(try likeness(whole, stranger) < 0.2)
    #expect(try abs(likeness(bank, AccountFacts(industry: "Legal", country: "US", employees: 5))) < 0.1)
  }

  @Test("the less two accounts differ in one fact, the more alike they are")
  func order() throws {
    let industries = ["Banking", "FinTech", "Chemicals"].map { name in bank { $0.industry = name } }
    let sizes = [900, 1_500, 4_000, 40_000].map { count in bank { $0.employees = count } }
    let places = ["DE", "AT", "FR", "JP"].map { code in bank { $0.country = code } }
    for accounts in [industries, sizes, places] {
      let found = try accounts.map { try likeness(bank, $0) }
      #expect(found == found.sorted(by: >))
      #expect(Set(found).count == found.count)
    }
  }

  @Test("industry weighs more than size, and size more than country")
  func weights() throws {
    let otherIndustry = try likeness(bank, bank { $0.industry = "Chemicals" })
    let otherSize = try likeness(bank, bank { $0.employees = 3 })
    let otherCountry = try likeness(bank, bank { $0.country = "US" })
    #expect(otherIndustry < otherSize)
    #expect(otherSize < otherCountry)
  }

  @Test(
    "an unknown fact lies between one that agrees and one that differs",
    arguments: [
      (AccountFacts(industry: nil, country: "DE", employees: 900), bank { $0.industry = "Legal" }),
      (AccountFacts(industry: "Banking", country: nil, employees: 900), bank { $0.country = "US" }),
      (AccountFacts(industry: "Banking", country: "DE", employees: nil), bank { $0.employees = 3 }),
    ])
  func unknown(without: AccountFacts, different: AccountFacts) throws {
    let unknown = try likeness(bank, without)
    #expect(try likeness(bank, different) < unknown)
    #expect(unknown < (try likeness(bank, bank)))
  }

  @Test("what neither knows does not count")
  func bothUnknown() throws {
    let bare = AccountFacts(industry: "Banking")
    #expect(try abs(likeness(bare, bare) - 1) < 1e-6)
    #expect(try abs(likeness(bare, AccountFacts(country: "DE"))) < 1e-6)
  }

  @Test("with all else equal, part of the country, contact, tools and topic each tell accounts apart a little")
  func fine() throws {
    let others: [(inout AccountFacts) -> Void] = [
      { $0.region = "DE-BE" }, { $0.department = .hr }, { $0.seniority = .intern }, { $0.technologies = ["SAP"] },
      { $0.texts = ["Fleet tracking"] },
    ]
    for change in others {
      var other = whole
      change(&other)
      #expect((0.9..<0.999).contains(try likeness(whole, other)))
    }
  }

  @Test("the order and repetition of words and tools do not matter, addresses and numbers are not read")
  func words() throws {
    let first = AccountFacts(technologies: ["AWS", "Kafka"], texts: ["Fleet tracking for trucks"])
    let second = AccountFacts(
      technologies: ["kafka", "aws", "AWS"],
      texts: ["Trucks: for FLEET tracking, tracking", "ada@acme.example https://acme.example/prices 0151-2345678"])
    #expect(LocalEmbedding.vector(first) == LocalEmbedding.vector(second))
  }

  /// Stored vectors are compared with those of later releases: a change here needs a new model name.
  @Test("local-1 gives the same bits on every platform and in every release")
  func frozen() throws {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    let accounts = [
      whole, bank, AccountFacts(industry: "Retail", country: "BR", employees: 49, texts: ["Größe über alles"]),
    ]
    for facts in accounts {
      for value in try #require(LocalEmbedding.vector(facts)) {
        hash = (hash ^ UInt64(value.bitPattern)) &* 0x0000_0100_0000_01b3
      }
    }
    #expect(LocalEmbedding.model == "local-1")
    #expect(hash == 5_969_424_039_786_834_055)
  }

  @Test("every canonical industry has its place and sectors, every country where people live its region")
  func tables() {
    #expect(Set(Sector.industries.map(\.name)) == Set(Industry.names))
    #expect(Sector.industries.allSatisfy { !$0.sectors.isEmpty })
    let nowhere = Country.codes.filter { SalesRegion.of($0) == nil }
    #expect(nowhere == ["AQ", "BV", "GS", "HM", "TF"])
  }

  @Test("the aspects fill the vector without overlap, and their shares are the whole")
  func layout() {
    #expect(EmbeddingAspect.all.flatMap(\.dimensions) == Array(0..<LocalEmbedding.dimension))
    #expect(abs(EmbeddingAspect.all.reduce(0) { $0 + $1.share } - 1) < 1e-12)
  }
}
