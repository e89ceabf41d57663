import CCurl
import Foundation
import Testing
import VendorAPI

@testable import Curl

struct IncomingAnswerTests {
  private func headers(_ lines: String..., limit: Int = 1000) -> IncomingHeaders {
    var headers = IncomingHeaders(limit: limit)
    for line in lines { _ = Data((line + "\r\n").utf8).withUnsafeBytes { headers.take($0) } }
    return headers
  }

  @Test func `fields are split at the first colon and trimmed`() {
    let fields = headers("HTTP/1.1 200 OK", "A: b:c ", "Empty:", "not a field", "").fields
    #expect(fields.map(\.name) == ["A", "Empty"])
    #expect(fields.map(\.value) == ["b:c", ""])
  }

  @Test func `a folded line continues the value before it`() {
    #expect(headers("HTTP/1.1 200 OK", "A: b", "\tc", "").fields.first?.value == "b c")
  }

  @Test func `interim headers and trailers are left out`() {
    let fields = headers("HTTP/1.1 103 Hints", "A: 1", "", "HTTP/1.1 200 OK", "B: 2", "", "C: 3", "").fields
    #expect(fields.map(\.name) == ["B"])
  }

  @Test func `headers end at the limit`() {
    var headers = IncomingHeaders(limit: 10)
    let taken = (0..<3).map { _ in Data("12345".utf8).withUnsafeBytes { headers.take($0) } }
    #expect(taken == [true, true, false])
  }

  @Test func `a body is held to its size and, above 1 MiB, to its ratio`() {
    var limits = AnswerLimits()
    limits.body = 3 << 20
    let megabyte = Data(count: 1 << 20)
    var answer = IncomingAnswer(limits: limits)
    func take(received: Int) -> Failure.Reason? {
      megabyte.withUnsafeBytes { answer.take(bytes: $0, received: received) }
    }
    #expect(take(received: 1) == nil)
    #expect(take(received: 1000) == .ratioTooHigh)
    #expect(take(received: 1 << 20) == nil)
    #expect(take(received: 2 << 20) == nil)
    #expect(take(received: 3 << 20) == .bodyTooLarge)
  }
}

struct FailureTests {
  @Test(arguments: [
    (CURLE_COULDNT_RESOLVE_HOST, TransportError.Cause.couldNotResolve), (CURLE_COULDNT_CONNECT, .couldNotConnect),
    (CURLE_PEER_FAILED_VERIFICATION, .tlsFailed), (CURLE_SSL_CONNECT_ERROR, .tlsFailed),
    (CURLE_OPERATION_TIMEDOUT, .timedOut), (CURLE_GOT_NOTHING, .interrupted), (CURLE_RECV_ERROR, .interrupted),
    (CURLE_PARTIAL_FILE, .interrupted), (CURLE_FILESIZE_EXCEEDED, .answerTooLarge),
    (CURLE_UNSUPPORTED_PROTOCOL, .invalidRequest),
  ])
  func `each way to end has one cause`(_ code: CURLcode, _ cause: TransportError.Cause) {
    #expect(Failure(code: code, bytesSent: 0).error.cause == cause)
  }

  @Test(arguments: [CURLE_OPERATION_TIMEDOUT, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING])
  func `only a request of which a byte was sent may have been received`(_ code: CURLcode) {
    #expect(!Failure(code: code, bytesSent: 0).error.mayHaveReachedService)
    #expect(Failure(code: code, bytesSent: 1).error.mayHaveReachedService)
  }

  @Test func `a protocol error after sending is the answer's fault, not the request's`() {
    #expect(Failure(code: CURLE_UNSUPPORTED_PROTOCOL, bytesSent: 1).error.cause == .interrupted)
  }

  @Test func `our own reason goes before libcurl's word for it`() {
    #expect(Failure(code: CURLE_WRITE_ERROR, bytesSent: 1, ourReason: .bodyTooLarge).error.cause == .answerTooLarge)
    let repeated = Failure(code: CURLE_ABORTED_BY_CALLBACK, bytesSent: 1, ourReason: .wouldRepeat).error
    #expect(repeated.cause == .interrupted)
    #expect(repeated.mayHaveReachedService)
  }
}
