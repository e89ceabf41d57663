import RevOps
import Testing

@Suite struct ExactDecimalTests {
  @Test("numbers are read whole or not at all", arguments: ["0.3", "-1", "+2.50", "1e-3", ".5", "5.", "007"])
  func reads(text: String) { #expect(ExactDecimal(text) != nil) }

  @Test(
    "what is no number is refused",
    arguments: ["", "-", ".", "1.2.3", "1e", "e5", "0x1F", "1,2", "1 2", "--1", "1-2", "nan", "inf", "1e999", "٣"])
  func refuses(text: String) { #expect(ExactDecimal(text) == nil) }

  @Test("decimals add up exactly")
  func exact() {
    #expect(decimal("0.1") + decimal("0.2") == decimal("0.3"))
    #expect(decimal("0.30") == decimal("0.3"))
    #expect(decimal("0.30").hashValue == decimal("0.3").hashValue)
    #expect(ExactDecimal(2) == decimal("2.0"))
    #expect(ExactDecimal(2) < decimal("2.5") && decimal("-1") < decimal("0"))
  }
}
