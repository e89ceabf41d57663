import Foundation
import RevOps
import Testing

@Suite struct PayloadFormTests {
  private func form(_ body: String) throws(FormBodyError) -> String { try FormBody.decode(Array(body.utf8)).jsonText }

  @Test(arguments: [
    ("", "{}"), ("a=1&b=2", #"{"a":"1","b":"2"}"#), ("a=b+c%20d", #"{"a":"b c d"}"#), ("a=%2B%26%3D", #"{"a":"+&="}"#),
    ("a=%2541", #"{"a":"%41"}"#),
    ("a", #"{"a":""}"#), ("a=1=2", #"{"a":"1=2"}"#), ("&&a=1&", #"{"a":"1"}"#), ("=x", "{}"),
    ("a=%C3%A9", #"{"a":"é"}"#), ("a=%zz%", #"{"a":"%zz%"}"#),
    ("t=1&t=2&t=3", #"{"t":"1","t[]":["2","3"]}"#), ("u[a]=1", #"{"u[a]":"1"}"#), ("a=1\u{0}", "{\"a\":\"1\\u0000\"}"),
    ("a=%4", #"{"a":"%4"}"#),
  ])
  func `decodes a urlencoded form once`(body: String, json: String) throws { #expect(try form(body) == json) }

  @Test func `refuses forms that are no UTF-8 or have too many fields`() {
    #expect(throws: FormBodyError(code: .invalidUTF8)) { try form("a=%FF") }
    #expect(throws: FormBodyError(code: .invalidUTF8)) { try FormBody.decode([0x61, 0x3d, 0xff]) }
    #expect(throws: FormBodyError(code: .tooManyFields)) {
      try form((0...200).map { "k\($0)=" }.joined(separator: "&"))
    }
    #expect(throws: FormBodyError(code: .tooManyFields)) { try form(String(repeating: "k=1&", count: 201)) }
  }

  @Test func `repeated tags all reach the payload`() throws {
    let payload = try LeadPayload.read(FormBody.decode(Array("email=a%40b.example&tags=x&tags=y".utf8)))
    #expect(payload.tags == ["x", "y"])
  }

  private func multipart(_ body: String, _ boundary: String = "B") throws(FormBodyError) -> String {
    try MultipartBody.decode(Array(body.replacing("\n", with: "\r\n").utf8), boundary: boundary).jsonText
  }

  @Test func `decodes the text parts of a multipart form and passes over files`() throws {
    let body = """
      preamble
      --B
      Content-Disposition: form-data; name="email"

      a@b.example
      --B
      content-disposition: form-data; name="note"; x=y
      Content-Type: text/plain; charset=UTF-8

      two
      lines --B not a delimiter
      --B
      Content-Disposition: form-data; name="cv"; filename="a;b.pdf"
      Content-Type: application/pdf

      %PDF
      --B
      Content-Disposition: form-data; name="a%22b"

      \("")
      --B
      Content-Disposition: form-data; name="email"

      second
      --B--
      epilogue
      """
    #expect(
      try multipart(body)
        == #"{"email":"a@b.example","note":"two\r\nlines --B not a delimiter","a\"b":"","email[]":["second"]}"#)
  }

  @Test(arguments: [
    "", "--B", "--B\n", "--B\n\n", "--B\nContent-Disposition: form-data; name=\"a\"\n\nx",
    "--C\nContent-Disposition: form-data; name=\"a\"\n\nx\n--C--",
    "--B\nContent-Disposition: form-data\n\nx\n--B--", "--B\nno colon\n\nx\n--B--", "--B\n\nx\n--B--",
    "--Bx\nContent-Disposition: form-data; name=\"a\"\n\nx\n--B--",
    "--B\nContent-Disposition: form-data; name=\"a\"\n folded: x\n\nx\n--B--",
    "--B\nContent-Disposition: attachment; name=\"a\"\n\nx\n--B--",
    "--B\nContent-Disposition: form-data; name=\"a\"\nContent-Disposition: form-data; name=\"b\"\n\nx\n--B--",
  ])
  func `refuses a malformed multipart form`(body: String) {
    #expect(throws: FormBodyError(code: .malformed)) { try multipart(body) }
  }

  @Test func `refuses transfer encodings and other character sets`() {
    for header in ["Content-Transfer-Encoding: base64", "Content-Type: text/plain; charset=utf-16"] {
      #expect(throws: FormBodyError(code: .unsupportedEncoding)) {
        try multipart("--B\nContent-Disposition: form-data; name=\"a\"\n\(header)\n\nx\n--B--")
      }
    }
  }

  @Test(
    arguments: [
      ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data; charset=utf-8; Boundary=\"a b;c\"", "a b;c"),
      ("multipart/form-data", nil),
      ("multipart/mixed; boundary=abc", nil), ("application/json", nil), ("multipart/form-data; boundary=", nil),
      ("multipart/form-data; boundary=\"\"", nil),
    ] as [(String, String?)])
  func `reads the boundary`(type: String, boundary: String?) {
    #expect(MultipartBody.boundary(contentType: type) == boundary)
  }

  @Test(arguments: 0..<10)
  func `never crashes on mutated forms`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let valid = Array(
      ("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B\r\n"
        + "Content-Disposition: form-data; name=b\r\n\r\n\r\n--B--")
        .utf8)
    for _ in 0..<300 {
      var bytes = valid
      for _ in 0..<3 {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        if Bool.random(using: &random) {
          bytes.remove(at: position)
        } else {
          bytes[position] = UInt8.random(in: 0...255, using: &random)
        }
      }
      _ = try? MultipartBody.decode(bytes, boundary: "B")
      _ = try? FormBody.decode(bytes)
    }
  }
}
