package import CProtobufC

/// Copies parts of protobuf-c's structures into Swift values, for generated code.
///
/// Every structure read here comes out of ``MessageCodec/unpack(_:arena:)``: text is UTF-8 without
/// U+0000, so a C string ends where the field ended, and counts are those of real elements.
package enum Read {
    package static func text(_ text: UnsafePointer<CChar>?) -> String {
        guard let text else { return "" }
        return String(cString: text)
    }

    package static func bytes(_ data: ProtobufCBinaryData) -> [UInt8] {
        Array(UnsafeBufferPointer(start: data.data, count: data.len))
    }

    package static func value<E: ProtoEnum, C: RawRepresentable<UInt32>>(_ value: C) -> E {
        E(rawValue: Int32(bitPattern: value.rawValue))
    }

    package static func message<M: ProtoMessage, C>(_ structure: UnsafeMutablePointer<C>?) -> M? {
        structure.map { M.codec.read(UnsafeRawPointer($0)) }
    }

    package static func list<C, T>(
        _ count: Int, _ elements: UnsafeMutablePointer<C>?, _ copy: (C) -> T
    ) -> [T] {
        UnsafeBufferPointer(start: elements, count: elements == nil ? 0 : count).map(copy)
    }

    package static func texts(
        _ count: Int, _ elements: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> [String] {
        list(count, elements) { text($0) }
    }

    package static func messages<M: ProtoMessage, C>(
        _ count: Int, _ elements: UnsafeMutablePointer<UnsafeMutablePointer<C>?>?
    ) -> [M] {
        list(count, elements) { message($0) ?? M() }
    }

    /// The last entry of a key counts, as protobuf has it.
    ///
    /// Swift holds two spellings of one character to be equal ("é" as one or two code points), so
    /// keys that differ only in that are one key.
    package static func dictionary<C>(
        _ count: Int, _ entries: UnsafeMutablePointer<UnsafeMutablePointer<C>?>?,
        _ pair: (C) -> (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?)
    ) -> [String: String] {
        var result: [String: String] = [:]
        guard count > 0 else { return result }
        result.reserveCapacity(count)
        for case let entry? in UnsafeBufferPointer(start: entries, count: count) {
            let (key, value) = pair(entry.pointee)
            result[text(key)] = text(value)
        }
        return result
    }

    package static func unknown(_ base: ProtobufCMessage) -> [UInt8] {
        var bytes: [UInt8] = []
        for field in UnsafeBufferPointer(
            start: base.unknown_fields, count: Int(base.n_unknown_fields))
        {
            var tag = UInt64(field.tag) << 3 | UInt64(field.wire_type.rawValue)
            while tag >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: tag) | 0x80)
                tag >>= 7
            }
            bytes.append(UInt8(truncatingIfNeeded: tag))
            bytes.append(contentsOf: UnsafeBufferPointer(start: field.data, count: field.len))
        }
        return bytes
    }
}

/// Builds parts of protobuf-c's structures in an arena, for generated code.
package struct Writer {
    let arena: Arena

    /// U+0000 becomes U+FFFD; see ``ProtoMessage/encoded()``.
    ///
    /// Empty text, too, gets memory of its own: protobuf-c leaves a member of a oneof out when it
    /// is the very address of its default.
    package func text(_ text: String) -> UnsafeMutablePointer<CChar> {
        var text = text
        return text.withUTF8 { utf8 in
            guard !utf8.contains(0) else { return replacingNUL(utf8) }
            let memory = arena.claim(utf8.count + 1)
            if let start = utf8.baseAddress {
                memory.copyMemory(from: start, byteCount: utf8.count)
            }
            memory.storeBytes(of: 0, toByteOffset: utf8.count, as: UInt8.self)
            return memory.assumingMemoryBound(to: CChar.self)
        }
    }

    private func replacingNUL(_ utf8: UnsafeBufferPointer<UInt8>) -> UnsafeMutablePointer<CChar> {
        let replaced = utf8.flatMap { $0 == 0 ? Array("\u{FFFD}".utf8) : [$0] }
        return text(String(decoding: replaced, as: UTF8.self))
    }

    package func bytes(_ bytes: [UInt8]) -> ProtobufCBinaryData {
        guard !bytes.isEmpty else { return ProtobufCBinaryData(len: 0, data: nil) }
        let (count, data) = list(bytes) { $0 }
        return ProtobufCBinaryData(len: count, data: data)
    }

    package func raw(_ value: some ProtoEnum) -> UInt32 { UInt32(bitPattern: value.rawValue) }

    package func message<M: ProtoMessage, C>(_ message: M?) -> UnsafeMutablePointer<C>? {
        message.map { M.codec.structure(of: $0, self).assumingMemoryBound(to: C.self) }
    }

    package func list<T, C>(
        _ elements: [T], _ copy: (T) -> C
    ) -> (Int, UnsafeMutablePointer<C>?) {
        guard !elements.isEmpty else { return (0, nil) }
        let memory = arena.claim(elements.count * MemoryLayout<C>.stride)
            .bindMemory(to: C.self, capacity: elements.count)
        for (index, element) in elements.enumerated() {
            (memory + index).initialize(to: copy(element))
        }
        return (elements.count, memory)
    }

    package func texts(
        _ elements: [String]
    ) -> (Int, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        list(elements) { text($0) }
    }

    package func messages<M: ProtoMessage, C>(
        _ elements: [M]
    ) -> (Int, UnsafeMutablePointer<UnsafeMutablePointer<C>?>?) {
        list(elements) { message($0) }
    }

    /// Entries in the order of keys, so that equal dictionaries give equal bytes.
    package func entries<C>(
        _ dictionary: [String: String], _ initialise: (UnsafeMutablePointer<C>?) -> Void,
        _ fill: (inout C, UnsafeMutablePointer<CChar>, UnsafeMutablePointer<CChar>) -> Void
    ) -> (Int, UnsafeMutablePointer<UnsafeMutablePointer<C>?>?) {
        list(dictionary.sorted { $0.key < $1.key }) { key, value in
            let entry = arena.claim(MemoryLayout<C>.size).bindMemory(to: C.self, capacity: 1)
            initialise(entry)
            fill(&entry.pointee, text(key), text(value))
            return entry
        }
    }

    /// Hands all unknown fields to protobuf-c as one: the first one's tag, and as its content
    /// whatever follows, which it copies as it is.
    package func unknown(_ bytes: [UInt8], _ base: inout ProtobufCMessage) {
        var tag: UInt64 = 0
        var length = 0
        for byte in bytes.prefix(5) {
            tag |= UInt64(byte & 0x7F) << UInt64(7 * length)
            length += 1
            if byte < 0x80 { break }
        }
        guard length > 0 else { return }
        let (count, data) = list(Array(bytes.dropFirst(length))) { $0 }
        let fields = list([0]) { _ in
            ProtobufCMessageUnknownField(
                tag: UInt32(truncatingIfNeeded: tag >> 3),
                wire_type: ProtobufCWireType(UInt32(truncatingIfNeeded: tag & 7)),
                len: count, data: data)
        }
        base.n_unknown_fields = 1
        base.unknown_fields = fields.1
    }
}
