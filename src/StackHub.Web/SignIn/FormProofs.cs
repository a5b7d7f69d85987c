using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using StackHub.Security;
using StackHub.Web.Errors;

namespace StackHub.Web.SignIn;

/// <summary>What a form of ours carries: a keyed hash of the visitor's secret, which another site can neither read nor make.</summary>
internal sealed class FormProofs(HubKeys keys)
{
    public const string Field = "proof";

    public string Of(Visitor visitor) => visitor.Secret.Length == 0 ? "" : keys.Hash("console form", visitor.Secret);

    public bool Holds(Visitor visitor, string? given) => visitor.Secret.Length > 0
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(visitor)), Encoding.UTF8.GetBytes(given ?? ""));

    /// <summary>A form is small, comes from one of our pages, and from nobody else's: the browser says so where it can, the proof in any case. Null for one that does.</summary>
    /// <param name="bytes">The most it may have.</param>
    /// <param name="values">The most values it may have.</param>
    public async Task<ProblemResult?> RefusalAsync(HttpContext context, Visitor visitor, int bytes, int values)
    {
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return Problems.CrossSite();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = bytes;
        if (context.Request.ContentLength > bytes)
            return Problems.TooLarge(bytes);
        if (!context.Request.HasFormContentType)
            return Problems.WrongContentType();
        var form = await context.Request.ReadFormAsync(new FormOptions { ValueLengthLimit = bytes, MultipartBodyLengthLimit = bytes, BufferBodyLengthLimit = bytes, ValueCountLimit = values }, context.RequestAborted);
        return Holds(visitor, form[Field]) ? null : Problems.StaleForm();
    }
}
