/// A request frame in the form in which nearly all come, read where it lies.
///
/// protobuf-c copies every text and payload of a frame into memory of its own. What has its fields in
/// order, each once, and no metadata can be read without: two lengths say where path and payload are.
/// Whatever is not of this form is left to ``FrameDecoder``, which has the last word on every frame.
@safe package struct PlainRequest {
    /// The caller's number for the call.
    package let callID: UInt64
    /// The method's path, not checked to be text.
    let path: UnsafeRawBufferPointer
    /// The request message; valid as long as the bytes of the frame.
    package let payload: FrameBytes

    /// `nil` when the frame, without its prefix, is not of the plain form.
    @inline(__always)
    package init?(_ frame: RawSpan) {
        // No pointer that is kept here may outlive the frame: that is the caller's promise.
        let bytes = frame.withUnsafeBytes { $0 }
        var fields = PlainFields(bytes)
        guard let callID = fields.varint(1), let body = fields.bytes(2), fields.isAtEnd else {
            return nil
        }
        var request = PlainFields(body)
        guard let path = request.bytes(1) else { return nil }
        let payload = request.bytes(2)
        // The timeout: inline methods take no notice of it.
        _ = request.varint(3)
        guard request.isAtEnd else { return nil }
        self.callID = callID
        self.path = path
        self.payload = payload.map { FrameBytes($0) } ?? FrameBytes()
    }
}
