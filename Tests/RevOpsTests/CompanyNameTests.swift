import RevOps
import Testing

@Suite struct CompanyNameTests {
  @Test(
    "a legal form is no part of the name",
    arguments: [
      "Acme", "ACME, Inc.", "Acme Inc", "acme llc", "Acme L.L.C.", "Acme Ltd.", "ACME LIMITED", "Acme plc",
      "Acme Pty Ltd",
      "Acme Pte. Ltd.", "Acme Pvt. Ltd.", "Acme Private Limited", "Acme Co., Ltd.", "Acme Corporation", "Acme & Co. KG",
      "Acme GmbH", "Acme GmbH & Co. KG", "Acme AG", "Acme SE & Co. KGaA", "Acme UG (haftungsbeschränkt)", "Acme e.K.",
      "Acme e.V.", "Acme OHG", "Acme S.A.", "Acme SA", "Acme S.A.S.", "Acme SARL", "Acme S.à r.l.", "Acme SpA",
      "Acme S.p.A.", "Acme S.r.l.", "Acme, S.L.", "Acme S.A. de C.V.", "Acme S. de R.L. de C.V.", "Acme Ltda.",
      "Acme, Lda", "Acme B.V.", "Acme N.V.", "Acme A/S", "Acme ApS", "Acme AB", "Acme AB (publ)", "Acme ASA", "Acme Oy",
      "Acme Oyj", "Acme sp. z o.o.", "Acme Sp. z o.o. Sp. k.", "Acme s.r.o.", "Acme, spol. s r.o.", "Acme a.s.",
      "Acme d.o.o.", "Acme Kft.", "Acme Zrt.", "Acme EOOD", "UAB Acme", "UAB „Acme“", "SIA Acme", "Acme OÜ", "OOO Acme",
      "ООО «Acme»", "ТОВ Acme", "Acme A.Ş.", "Acme Ltd. Şti.", "PT Acme Tbk", "Acme Sdn. Bhd.", "Acme K.K.", "株式会社Acme",
      "Acme株式会社", "㈱Acme", "Acme有限公司", "Acme股份有限公司", "주식회사 Acme", "(주)Acme", "Acme FZ-LLC", "Acme W.L.L.",
      "Acme JSC", "The Acme Company", "  acmé  ", "ＡＣＭＥ",
    ])
  func same(name: String) {
    #expect(CompanyName(name).key == "acme")
  }

  @Test(
    "other names stay other names",
    arguments: [
      "Acme Holding", "Acme Group", "Acme UK Ltd", "Acme Bank AG", "Аcme", "Acmee", "Acme 2", "SE Acme", "AG Acme",
    ])
  func other(name: String) {
    #expect(!CompanyName(name).isSame(as: CompanyName("Acme")))
  }

  @Test("a name that is nothing but a legal form stays", arguments: ["AG", "SA", "Limited", "Co. Ltd", "株式会社", "OÜ"])
  func onlyForm(name: String) {
    #expect(!CompanyName(name).key.isEmpty)
  }

  @Test("without letters there is no name", arguments: ["", " ", "---", "…"])
  func empty(name: String) {
    #expect(CompanyName(name).key.isEmpty)
    #expect(!CompanyName(name).isSame(as: CompanyName(name)))
  }

  @Test(
    "normalising twice changes nothing",
    arguments: ["Acme GmbH & Co. KG", "OOO Ромашка", "Société Générale S.A.", "株式会社東京商事", "Ltd Ltd", "Öl & Gas a.s."])
  func twice(name: String) {
    let once = CompanyName(name)
    #expect(CompanyName(once.key).key == once.key)
  }
}
