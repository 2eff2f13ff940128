import LinekeeperProto
import Testing

@Suite struct FrameScanTests {
    private func callID(_ bytes: [UInt8]) -> UInt64? {
        FrameScan.requestCallID(in: bytes.span.bytes)
    }

    private func hasZero(_ bytes: [UInt8]) -> Bool {
        FrameScan.hasZeroByteInMetadata(bytes.span.bytes)
    }

    @Test func `the call of a request is found wherever it stands`() {
        #expect(callID([0x08, 0x05, 0x12, 0x00]) == 5)
        #expect(callID([0x12, 0x01, 0x00, 0x08, 0xac, 0x02]) == 300)
        #expect(callID([0x08, 0x01, 0x08, 0x02, 0x12, 0x00]) == 2)
        // Fields that nobody knows, of each wire type.
        #expect(
            callID([
                0x50, 0x01, 0x59, 0, 0, 0, 0, 0, 0, 0, 0, 0x62, 0x01, 0x00, 0x6d, 0, 0, 0, 0, 0x08,
                0x05, 0x12, 0x00,
            ]) == 5)
    }

    @Test(
        "what is no whole request has no call",
        arguments: [
            [], [0x08, 0x05], [0x12, 0x00], [0x08, 0x00, 0x12, 0x00], [0x08, 0x05, 0x12, 0x02],
            [0x08, 0x05, 0x12], [0x08, 0x80], [0x08, 0x05, 0x12, 0x00, 0x2a, 0x00],
            [0x08, 0x05, 0x12, 0x00, 0x0b],
            [0x08, 0x05, 0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
        ] as [[UInt8]])
    func none(bytes: [UInt8]) {
        #expect(callID(bytes) == nil)
    }

    @Test func `a zero byte is found in metadata only`() {
        let encoder = FrameEncoder(arena: Arena())
        let clean = encoder.request(
            callID: 1, method: "/a/b", payload: [0, 0, 0], metadata: [("key", "value")])
        #expect(!hasZero(Array((clean ?? []).dropFirst(4))))
        let pair: [UInt8] = [0x0a, 0x01, 0x6b, 0x12, 0x03, 0x61, 0x00, 0x62]
        #expect(hasZero([0x12, 0x0a, 0x22, 0x08] + pair))
        #expect(hasZero([0x4a, 0x0a, 0x12, 0x08] + pair))
        #expect(!hasZero([0x12, 0x0a, 0x12, 0x08] + pair), "this is a payload")
        #expect(!hasZero([0x1a, 0x0a, 0x22, 0x08] + pair), "this is a response")
    }
}
