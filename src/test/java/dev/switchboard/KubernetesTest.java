package dev.switchboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.Yaml;

/** The manifest is one Kubernetes understands, and speaks of this program. */
class KubernetesTest {

    private static final Path MANIFEST = Path.of("docs/deploy/kubernetes.yaml");

    /** What each kind is read as: the model that is generated out of Kubernetes' own OpenAPI document. */
    private static final Map<String, Class<?>> KINDS = Map.of(
            "v1/ConfigMap", ConfigMap.class,
            "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
            "v1/Service", Service.class,
            "apps/v1/Deployment", Deployment.class);

    private final ObjectMapper json = new ObjectMapper();

    private Map<Class<?>, Object> manifest() throws Exception {
        return read(Files.readString(MANIFEST));
    }

    private Map<Class<?>, Object> read(String yaml) {
        Map<Class<?>, Object> objects = new LinkedHashMap<>();
        for (Object document : new Yaml().loadAll(yaml)) {
            Map<?, ?> object = (Map<?, ?>) document;
            Class<?> kind = KINDS.get(object.get("apiVersion") + "/" + object.get("kind"));
            assertThat(kind).as("%s", object).isNotNull();
            assertThat(objects.put(kind, json.convertValue(object, kind))).isNull();
        }
        return objects;
    }

    private PodSpec pod() throws Exception {
        return ((Deployment) manifest().get(Deployment.class))
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    private Container container() throws Exception {
        return pod().getContainers().getFirst();
    }

    private Properties settings() throws Exception {
        String yaml = ((ConfigMap) manifest().get(ConfigMap.class)).getData().get("switchboard.yaml");
        YamlPropertiesFactoryBean factory = new YamlPropertiesFactoryBean();
        factory.setResources(new ByteArrayResource(yaml.getBytes(UTF_8)));
        return factory.getObject();
    }

    @Test
    void everyFieldIsOneThatKubernetesKnows() throws Exception {
        List<String> unknown = new ArrayList<>();
        for (Object object : manifest().values()) {
            unknownFields(object, object.getClass().getSimpleName(), unknown);
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsFound() throws Exception {
        List<String> unknown = new ArrayList<>();
        String wrong = Files.readString(MANIFEST).replace("readinessProbe:", "readynessProbe:");
        unknownFields(read(wrong).get(Deployment.class), "", unknown);
        assertThat(unknown).singleElement().asString().contains("readynessProbe");
    }

    @Test
    void whatItMountsAndSetsIsWhatSwitchboardReads() throws Exception {
        KnownSettings known = KnownSettings.read();
        assertThat(settings().stringPropertyNames()).allMatch(known::has);
        assertThat(container().getEnv())
                .extracting(EnvVar::getName)
                .filteredOn(name -> name.startsWith("SWITCHBOARD_"))
                .isNotEmpty()
                .allMatch(name -> known.has(name.toLowerCase().replace('_', '.')));
        List<String> mounts = container().getVolumeMounts().stream()
                .map(VolumeMount::getMountPath)
                .toList();
        String dockerfile = Files.readString(Path.of("Dockerfile"));
        assertThat(dockerfile).contains("SWITCHBOARD_DATA_DIR=/data").contains("VOLUME /data");
        assertThat(mounts).contains("/data", "/tmp");
        Properties defaults = new Properties();
        try (InputStream in = Switchboard.class.getResourceAsStream("/application.properties")) {
            defaults.load(in);
        }
        assertThat(defaults.getProperty("spring.config.import")).contains("/etc/switchboard/switchboard.yaml");
        assertThat(mounts).contains("/etc/switchboard");
    }

    @Test
    void everyEndpointThatIsDeclaredHasItsPortInThePodAndInTheService() throws Exception {
        Properties settings = settings();
        TreeSet<String> declared = new TreeSet<>(List.of("http 8080 TCP"));
        for (int i = 0; settings.containsKey("switchboard.endpoints[" + i + "].name"); i++) {
            String endpoint = "switchboard.endpoints[" + i + "].";
            String bind = settings.getProperty(endpoint + "bind");
            assertThat(bind).startsWith("0.0.0.0:");
            declared.add(settings.getProperty(endpoint + "name") + " " + bind.substring(bind.indexOf(':') + 1)
                    + (settings.getProperty(endpoint + "type").equals("udp") ? " UDP" : " TCP"));
        }
        assertThat(declared).hasSize(3);
        assertThat(container().getPorts())
                .extracting(KubernetesTest::port)
                .containsExactlyInAnyOrderElementsOf(declared);
        assertThat(((Service) manifest().get(Service.class)).getSpec().getPorts())
                .extracting(port -> port.getTargetPort().getStrVal() + " " + port.getPort()
                        + (port.getProtocol() == null ? " TCP" : " " + port.getProtocol()))
                .containsExactlyInAnyOrderElementsOf(declared);
    }

    private static String port(ContainerPort port) {
        return port.getName() + " " + port.getContainerPort()
                + (port.getProtocol() == null ? " TCP" : " " + port.getProtocol());
    }

    @Test
    void itIsAskedWhetherItIsAliveAndWhetherItIsReady() throws Exception {
        Container container = container();
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/actuator/health/liveness");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/actuator/health/readiness");
        assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/actuator/health/liveness");
    }

    @Test
    void itRunsWithAsFewRightsAsItNeeds() throws Exception {
        assertThat(Files.readString(Path.of("Dockerfile"))).contains("USER 10001:10001");
        assertThat(pod().getSecurityContext().getRunAsUser()).isEqualTo(10001);
        assertThat(pod().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod().getSecurityContext().getFsGroup()).isEqualTo(10001);
        assertThat(pod().getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod().getAutomountServiceAccountToken()).isFalse();
        assertThat(container().getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container().getSecurityContext().getAllowPrivilegeEscalation())
                .isFalse();
        assertThat(container().getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    }

    /** The model keeps what it does not know aside, at each of its objects. */
    private static void unknownFields(Object object, String path, List<String> unknown) throws Exception {
        switch (object) {
            case null -> {}
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    unknownFields(list.get(i), path + "[" + i + "]", unknown);
                }
            }
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    unknownFields(entry.getValue(), path + "." + entry.getKey(), unknown);
                }
            }
            default -> {
                if (!object.getClass().getName().startsWith("io.fabric8.")) {
                    return;
                }
                for (PropertyDescriptor property :
                        Introspector.getBeanInfo(object.getClass()).getPropertyDescriptors()) {
                    if (property.getReadMethod() == null || property.getName().equals("class")) {
                        continue;
                    }
                    Object value = property.getReadMethod().invoke(object);
                    if (property.getName().equals("additionalProperties")) {
                        ((Map<?, ?>) value).keySet().forEach(name -> unknown.add(path + "." + name));
                    } else {
                        unknownFields(value, path + "." + property.getName(), unknown);
                    }
                }
            }
        }
    }
}
