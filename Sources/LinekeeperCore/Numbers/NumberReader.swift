/// Reads numbers as a person sees them.
public protocol NumberReader: AnyObject {}
