/// Writes numbers.
public protocol NumberWriter: AnyObject {}
