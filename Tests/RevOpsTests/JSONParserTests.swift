import Foundation
import RevOps
import Testing

@Suite struct JSONParserTests {
  private func parse(_ text: String, _ limits: JSONLimits = .standard) throws(JSONError) -> JSONValue {
    try JSONValue.parse(Array(text.utf8), limits: limits)
  }

  @Test(arguments: [
    #"{"a":[1,2.50,-0,1e3,{"b":null}],"c":"é\u00e9\ud83d\ude00\n\/","d":true,"":false}"#, " [ ] ", "\t{\r\n}\n",
    "\"a\"", "0", "-0.0e-0", "null", "[[[[]]]]", #""\u0000\u001f\"\\""#, "12345678901234567890.123456789",
  ])
  func `reads what Foundation reads, to the same value`(text: String) throws {
    let ours = try parse(text)
    let theirs = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    let again = try JSONSerialization.jsonObject(with: Data(ours.jsonText.utf8), options: .fragmentsAllowed)
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .fragmentsAllowed]
    #expect(
      try JSONSerialization.data(withJSONObject: theirs, options: options)
        == JSONSerialization.data(withJSONObject: again, options: options))
    #expect(try parse(ours.jsonText) == ours)
  }

  @Test func `keeps the order of keys and the text of numbers`() throws {
    #expect(try parse(#"{"b": 1.10, "a": 1E2}"#).jsonText == #"{"b":1.10,"a":1E2}"#)
  }

  @Test(arguments: [
    ("", "unexpected_end"), ("[1,]", "unexpected_byte"), (#"{"a":1,}"#, "unexpected_byte"), ("[1", "unexpected_end"),
    ("01", "trailing_bytes"), ("1.", "unexpected_end"), ("1.x", "invalid_number"), ("-", "unexpected_end"),
    ("+1", "unexpected_byte"), (".5", "unexpected_byte"), ("NaN", "unexpected_byte"), ("nul", "unexpected_end"),
    ("{} x", "trailing_bytes"), ("{}{}", "trailing_bytes"), ("'a'", "unexpected_byte"), ("{a:1}", "unexpected_byte"),
    (#"{"a" 1}"#, "unexpected_byte"), (#"{"a":1,"a":2}"#, "duplicate_key"), (#"{"a":1,"\u0061":2}"#, "duplicate_key"),
    (#""\ud800""#, "lone_surrogate"), (#""\udc00\ud800""#, "lone_surrogate"), (#""\ud800\u0041""#, "lone_surrogate"),
    (#""\x41""#, "invalid_escape"), (#""\u00g0""#, "invalid_escape"), ("\"a\nb\"", "control_character"),
    ("\u{feff}{}", "unexpected_byte"), ("[1 2]", "unexpected_byte"), ("/**/1", "unexpected_byte"),
  ])
  func `refuses`(text: String, code: String) {
    let error = #expect(throws: JSONError.self) { try parse(text) }
    #expect(error?.code.rawValue == code)
    #expect((error?.offset ?? -1) <= text.utf8.count)
  }

  @Test(
    arguments: [
      [0x22, 0xff, 0x22], [0x22, 0xc0, 0xaf, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22],
    ] as [[UInt8]])
  func `refuses bytes that are no UTF-8`(bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try JSONValue.parse(bytes) }
  }

  @Test func `refuses UTF-16`() {
    #expect(throws: JSONError.self) { try JSONValue.parse([0xff, 0xfe, 0x7b, 0, 0x7d, 0]) }
  }

  @Test func `holds the limits of depth, keys and numbers`() throws {
    let deep = String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
    #expect(throws: JSONError.self) { try parse(deep) }
    _ = try parse(String(deep.dropFirst().dropLast()))
    #expect(throws: JSONError.self) { try parse(String(repeating: "[", count: 1_000_000), JSONLimits(depth: 100_000)) }
    #expect(throws: JSONError.self) { try parse(#"{"a":1,"b":2,"c":3}"#, JSONLimits(keys: 2)) }
    _ = try parse(#"{"a":{"b":1,"c":2},"d":2}"#, JSONLimits(keys: 2))
    #expect(throws: JSONError.self) { try parse(String(repeating: "1", count: 129)) }
    _ = try parse(String(repeating: "1", count: 128))
  }

  @Test func `errors hold nothing of the content`() {
    let error = #expect(throws: JSONError.self) { try parse(#"{"secret-key": "secret-value" oops}"#) }
    #expect(error.map { "\($0)".contains("secret") } == false)
  }

  @Test func `canonical bytes are the same for the same content`() throws {
    let one = try parse(#"{"b":[1,1.0,10e-1,1200,-0.0],"a":"\u00e9"}"#).canonical()
    let other = try parse(#"{ "a":"é", "b":[1.00,1e0,1,12e2,0] }"#).canonical()
    #expect(one == other)
    #expect(String(decoding: one, as: UTF8.self) == #"{"a":"é","b":[1,1,1,12e2,0]}"#)
    #expect(try parse("[9007199254740993]").canonical() != parse("[9007199254740992]").canonical())
    #expect(try parse("[0.1]").canonical() != parse("[0.10000000000000001]").canonical())
  }

  @Test(arguments: 0..<20)
  func `never crashes on mutated documents, and reads what it accepts again`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let valid = Array(#"{"email":"a@b.example","n":[1,-2.5e3,null,true],"s":"\ud83d\ude00\"é","o":{"k":{}}}"#.utf8)
    let alphabet = Array(#"{}[]",:\u0123456789eE+-.tfn "#.utf8) + [0xff, 0x80, 0xc3, 0x00]
    for _ in 0..<300 {
      var bytes = valid
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[position] = alphabet.randomElement(using: &random) ?? 0
        case 1: bytes.remove(at: position)
        default: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: position)
        }
      }
      guard let value = try? JSONValue.parse(bytes) else { continue }
      #expect((try? JSONValue.parse(value.canonical()))?.canonical() == value.canonical())
      #expect((try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil)
    }
  }

  @Test func `takes linear time`() throws {
    let document = "[" + String(repeating: #"{"key":"value","n":1.5},"#, count: 40_000) + "null]"
    let start = ContinuousClock.now
    _ = try parse(document)
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}

/// A fixed sequence of random numbers (SplitMix64), so that a failing run can be repeated.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
