import Glibc

/// A loopback port kept for who will listen on it: for an address that has to be known before its owner listens.
///
/// While it lives, the system gives the port to nobody who asks for any; who names it and sets `SO_REUSEADDR`, as
/// servers do, may listen (socket(7): such addresses are shared as long as none of the others listens).
struct ReservedPort: ~Copyable {
  let number: Int
  private let descriptor: Int32

  /// Nil: the system gives none.
  init?() {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    guard let number = Self.bind(descriptor) else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.number = number
  }

  deinit { close(descriptor) }

  private static func bind(_ descriptor: Int32) -> Int? {
    var on: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let found = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        Glibc.bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
      }
    }
    return found ? Int(UInt16(bigEndian: address.sin_port)) : nil
  }
}
