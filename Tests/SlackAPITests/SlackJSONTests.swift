import Foundation
import SlackAPI
import Testing

@Suite struct SlackJSONTests {
  @Test func `reading tells booleans from numbers and whole numbers from others`() throws {
    let value = try json(#"{"t":true,"f":false,"one":1,"zero":0,"half":0.5,"null":null,"list":[1,"a"]}"#)
    #expect(value["t"] == true)
    #expect(value["f"] == .bool(false))
    #expect(value["one"] == .int(1))
    #expect(value["zero"] == .int(0))
    #expect(value["half"] == .double(0.5))
    #expect(value["null"].isNull)
    #expect(value["list"] == .array([.int(1), "a"]))
    #expect(value["none"].isNull)
  }

  @Test func `what is written reads back the same`() throws {
    let value: SlackJSON = [
      "text": "quote \" slash / back \\ line\nbreak \u{1}\u{1F} é 🔥 \u{2028}",
      "list": .array([1, true, .null, .double(1.5)]),
      "nested": ["a": ["b": "c"]], "empty": .object([:]),
    ]
    #expect(try SlackJSON(parsing: value.data) == value)
    #expect(
      try JSONDecoder().decode([String: String].self, from: (["a": "x\u{1}"] as SlackJSON).data) == ["a": "x\u{1}"])
  }

  @Test func `the standard encoder writes the same value`() throws {
    let value: SlackJSON = ["text": "a", "list": .array([1, true, .null]), "half": .double(0.5)]
    #expect(try SlackJSON(parsing: JSONEncoder().encode(value)) == value)
  }

  @Test func `keys are sorted, so equal values are equal bytes`() {
    #expect((["b": 1, "a": 2] as SlackJSON).serialized == #"{"a":2,"b":1}"#)
  }
}
