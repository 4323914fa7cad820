package dev.switchboard.access;

import java.util.List;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** What a caller may do. Each role may do what those before it may. */
enum Role {
    /** Sees everything, changes nothing. */
    VIEWER("ROLE_VIEWER"),
    /** May do everything. */
    OPERATOR("ROLE_VIEWER", "ROLE_OPERATOR");

    private final List<GrantedAuthority> authorities;

    Role(String... authorities) {
        this.authorities = AuthorityUtils.createAuthorityList(authorities);
    }

    List<GrantedAuthority> authorities() {
        return authorities;
    }
}
