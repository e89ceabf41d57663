import CCurl
import Foundation

/// A libcurl easy handle, used on the transfer thread only. Its owner calls `free` once.
struct EasyHandle {
  let pointer: UnsafeMutableRawPointer

  /// libcurl refused an option: it was built without it, or there is no memory.
  struct OptionRefused: Error {
    var code: CURLcode
  }

  init?() {
    guard let pointer = curl_easy_init() else { return nil }
    self.pointer = pointer
  }

  /// Back to its first state, open connections and caches kept.
  func reset() { curl_easy_reset(pointer) }

  func free() { curl_easy_cleanup(pointer) }

  func set(_ option: CURLoption, _ value: Int) throws(OptionRefused) {
    try check(ccurl_set_long(pointer, option, value))
  }

  func set(_ option: CURLoption, offset: Int) throws(OptionRefused) {
    try check(ccurl_set_offset(pointer, option, curl_off_t(offset)))
  }

  /// libcurl keeps a copy of the text.
  func set(_ option: CURLoption, _ value: String) throws(OptionRefused) {
    try check(ccurl_set_string(pointer, option, value))
  }

  func set(_ option: CURLoption, list: UnsafeMutablePointer<curl_slist>?) throws(OptionRefused) {
    try check(ccurl_set_list(pointer, option, list))
  }

  func set(_ option: CURLoption, context: UnsafeMutableRawPointer) throws(OptionRefused) {
    try check(ccurl_set_pointer(pointer, option, context))
  }

  func set(_ option: CURLoption, callback: ccurl_data_callback) throws(OptionRefused) {
    try check(ccurl_set_data_callback(pointer, option, callback))
  }

  func setBeforeRequest(callback: ccurl_request_callback) throws(OptionRefused) {
    try check(ccurl_set_request_callback(pointer, callback))
  }

  /// libcurl keeps a copy of the bytes.
  func setBody(_ body: Data) throws(OptionRefused) {
    try check(body.withUnsafeBytes { ccurl_set_body(pointer, $0.baseAddress, $0.count) })
  }

  /// The status of the answer, 0 while there is none.
  var status: Int { long(CURLINFO_RESPONSE_CODE) }

  /// Bytes of the request handed to the connection, over all attempts of this transfer.
  var bytesSent: Int { long(CURLINFO_REQUEST_SIZE) }

  /// Bytes of the body as they came over the wire, still packed.
  var bytesReceived: Int {
    var value: curl_off_t = 0
    return ccurl_get_offset(pointer, CURLINFO_SIZE_DOWNLOAD_T, &value) == CURLE_OK ? Int(value) : 0
  }

  private func long(_ info: CURLINFO) -> Int {
    var value = 0
    return ccurl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
  }

  private func check(_ code: CURLcode) throws(OptionRefused) {
    guard code == CURLE_OK else { throw OptionRefused(code: code) }
  }
}
