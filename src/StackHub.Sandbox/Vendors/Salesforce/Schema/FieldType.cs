namespace StackHub.Sandbox.Vendors.Salesforce.Schema;

/// <summary>The field types the sandbox knows, by Salesforce's names.</summary>
internal enum FieldType
{
    Id,
    String,
    TextArea,
    Email,
    Phone,
    Url,
    Picklist,
    Reference,
    Boolean,
    Int,
    Double,
    Currency,
    Percent,
    Date,
    DateTime,
}
