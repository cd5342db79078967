import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prints the URL of each vector of standard input: secret, kid, exp, key, names and values, between tabs. */
final class Driver {
    public static void main(String[] arguments) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line; (line = lines.readLine()) != null; ) {
            String[] fields = line.split("\t");
            List<Map.Entry<String, String>> parameters = new ArrayList<>();
            for (int at = 4; at < fields.length; at += 2) parameters.add(Map.entry(fields[at], fields[at + 1]));
            System.out.println(Sign.sign(fields[0], fields[1], Long.parseLong(fields[2]), fields[3], parameters));
        }
    }
}
