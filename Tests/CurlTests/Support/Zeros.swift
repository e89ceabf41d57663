import Foundation

/// Zeros, packed as gzip does it, written out by hand (RFC 1951, RFC 1952): no library for it is needed, and the
/// ratio is the same everywhere, about 159 bytes for each one sent.
struct Zeros {
  /// One zero and `runs` times 258 more.
  var runs: Int

  var count: Int { 1 + runs * 258 }

  var gzip: Data {
    var bits = BitWriter()
    bits.put(1, 1)  // last block
    bits.put(1, 2)  // fixed codes
    bits.putCode(0b0011_0000, 8)  // literal 0
    for _ in 0..<runs {
      bits.putCode(0b1100_0101, 8)  // length 258
      bits.putCode(0, 5)  // distance 1
    }
    bits.putCode(0, 7)  // end of block
    var data = Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
    data += bits.finished
    for value in [checksum, UInt32(count)] { withUnsafeBytes(of: value.littleEndian) { data += $0 } }
    return data
  }

  private var checksum: UInt32 {
    var crc: UInt32 = 0xffff_ffff
    for _ in 0..<count * 8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xedb8_8320 : crc >> 1 }
    return ~crc
  }
}

private struct BitWriter {
  private var data = Data()
  private var byte: UInt8 = 0
  private var used = 0

  /// Least significant bit first.
  mutating func put(_ value: Int, _ count: Int) {
    for index in 0..<count { putBit(value >> index & 1) }
  }

  /// Huffman codes go in with the most significant bit first.
  mutating func putCode(_ code: Int, _ count: Int) {
    for index in (0..<count).reversed() { putBit(code >> index & 1) }
  }

  private mutating func putBit(_ bit: Int) {
    byte |= UInt8(bit) << used
    used += 1
    if used == 8 {
      data.append(byte)
      (byte, used) = (0, 0)
    }
  }

  var finished: Data { used == 0 ? data : data + [byte] }
}
