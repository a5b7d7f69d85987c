namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>One record was refused; the others of its batch may still pass.</summary>
internal sealed class RecordRefused(SalesforceError error, int status = 400) : Exception(error.Code)
{
    public RecordRefused(string code, string message, params string[] fields) : this(new SalesforceError(code, message, fields)) { }

    public SalesforceError Error { get; } = error;

    /// <summary>The status when the record was written by a call of its own.</summary>
    public int Status { get; } = status;
}
