/// Names one call, so that a script can tell a call that is sent again from another one.
enum CallToken {
  static func make() -> String {
    String(UInt64.random(in: .min ... .max), radix: 36) + String(UInt64.random(in: .min ... .max), radix: 36)
  }
}
