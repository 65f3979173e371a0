"""What an attempt or a request is counted by: a network address, or the network that one customer holds."""

from ipaddress import IPv6Address, ip_address, ip_network

# A household or an office is given 2 to the power of 64 addresses of IPv6 at once, and could use another for each try.
_ONE_CUSTOMERS = 64  # bits


def counted_as(address: str) -> str:
    """Give what a network address is counted as.

    Args:
        address: an address as the server saw it; what is none is given back as it is.

    Returns:
        An address of IPv4 as it is, also one that is written as IPv6; of IPv6, the network of 64 bits that it is in.
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, _ONE_CUSTOMERS), strict=False))
